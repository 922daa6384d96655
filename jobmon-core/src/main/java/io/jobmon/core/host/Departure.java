package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.JobMonException;
import io.jobmon.core.queue.LaunchNotes;
import io.jobmon.core.queue.QueueException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the workers of a host: asked through Redis first, so that they may finish; then the host sees to it. */
final class Departure {

    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

    /** A worker that was silent for longer is off the board by itself. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final FleetContext context;
    private final Duration grace;

    Departure(FleetContext context, Duration grace) {
        this.context = context;
        this.grace = grace;
    }

    void stop(Host host) {
        Duration patience = grace.plus(context.heartbeat());
        try {
            context.queue().board().stop(host.name(), grace);
        } catch (QueueException e) {
            LOG.warn("Redis is out of reach, so the workers of {} are ended without being asked.", host.name());
            patience = Duration.ZERO;
        }
        Set<String> known = known(host);
        host.stop(patience);
        forgetArrays(host, known);
        forget(host);
    }

    /** The arrays that the host knows of, if Redis knows of any there. */
    private Set<String> known(Host host) {
        try {
            return context.queue().launches().at(host.name()).isEmpty() ? Set.of() : Launching.arrays(host.status());
        } catch (JobMonException e) {
            // Stopping will say what is wrong.
            return Set.of();
        }
    }

    private void forgetArrays(Host host, Set<String> ended) {
        try {
            LaunchNotes notes = context.queue().launches();
            notes.forget(host.name(), ended);
            notes.at(host.name())
                    .forEach((launch, job) -> LOG.warn(
                            "The array {} (jobmon-{}) was submitted on {}, and the work folder there knows nothing of it: look"
                                    + " whether it still waits or runs, and cancel it there.",
                            job,
                            launch,
                            host.name()));
        } catch (QueueException e) {
            LOG.debug("The arrays of {} stay noted in Redis.", host.name(), e);
        }
    }

    /** Who had to be killed could not say goodbye, and what it held need not wait for its lease to end. */
    private void forget(Host host) {
        try {
            Set<String> left = Cards.at(context.queue().board().alive(REMEMBERED), "place", host.name());
            if (!left.isEmpty()) {
                context.queue().forget(left);
            }
        } catch (QueueException e) {
            LOG.warn(
                    "Redis is out of reach; what the workers of {} held is given to others when their leases end.",
                    host.name());
        }
    }
}
