package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.HostCheck;
import io.jobmon.HostStatus;
import io.jobmon.HostStatus.WorkerProcess;
import io.jobmon.JobMonException;
import io.jobmon.WorkerRequest;
import io.jobmon.core.queue.LaunchNotes;
import io.jobmon.core.queue.Queue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers on a host and waits until each has said in Redis that it lives. Thread safety: any number of threads. */
final class Launching {

    private static final Logger LOG = LoggerFactory.getLogger(Launching.class);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);

    /** A look costs the host some processes, which those that start have to wait for: the next ones come later and later. */
    private static final long FIRST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_MILLIS = 50;

    /** However many hosts wait, Redis is asked so often. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Queue queue;
    private final Duration lease;
    private final WorkerRequest request;
    private Map<String, String> cards = Map.of();
    private long cardsAt = System.nanoTime() - FRESH_NANOS;

    Launching(Queue queue, Duration lease, WorkerRequest request) {
        this.queue = queue;
        this.lease = lease;
        this.request = request;
    }

    void start(Host host) throws InterruptedException {
        HostCheck check = host.check(request);
        check.toString().lines().forEach(LOG::info);
        if (!check.passed()) {
            throw new JobMonException(String.join(
                    "; ",
                    check.findings().stream()
                            .filter(finding -> !finding.passed())
                            .map(HostCheck.Finding::text)
                            .toList()));
        }
        LaunchNotes notes = queue.launches();
        Set<String> before = notes.at(host.name()).isEmpty() ? Set.of() : arrays(host.status());
        host.launch(request);
        HostStatus status = host.status();
        if (status.arrays().isEmpty()) {
            await(host, mine(status).size());
            return;
        }
        status.arrays().forEach(array -> notes.note(host.name(), array.launch(), array.job()));
        // What the host has forgotten meanwhile has ended; what it never knew may wait or run.
        Set<String> ended = new TreeSet<>(before);
        ended.removeAll(arrays(status));
        notes.forget(host.name(), ended);
    }

    /** The launches whose arrays a host knows. */
    static Set<String> arrays(HostStatus status) {
        return status.arrays().stream().map(HostStatus.Array::launch).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<WorkerProcess> mine(HostStatus status) {
        return status.workers().stream()
                .filter(worker -> worker.launch().equals(request.launch()))
                .toList();
    }

    private void await(Host host, int workers) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        long pause = FIRST_LOOK_NANOS;
        long lookAt = System.nanoTime() + pause;
        while (beating(host.name()) < workers) {
            if (System.nanoTime() - lookAt > 0) {
                for (WorkerProcess worker : mine(host.status())) {
                    if (!worker.running()) {
                        throw new JobMonException("the worker ended before it was ready"
                                + (worker.lastWords().isEmpty()
                                        ? ", without a word"
                                        : "; it said:\n  " + String.join("\n  ", worker.lastWords())));
                    }
                }
                pause = Math.min(2 * pause, LONGEST_LOOK_NANOS);
                lookAt = System.nanoTime() + pause;
            }
            if (System.nanoTime() - end > 0) {
                throw new JobMonException("the worker runs, but has not been seen in Redis within "
                        + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s; look at fleet.logs(\"" + host.name()
                        + "\")");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private int beating(String host) {
        return Cards.at(started(), "place", host).size();
    }

    /** What the workers of this launch say of themselves. */
    private synchronized Map<String, String> started() {
        if (System.nanoTime() - cardsAt >= FRESH_NANOS) {
            cards = Cards.of(queue.board().alive(lease), "launch", request.launch());
            cardsAt = System.nanoTime();
        }
        return cards;
    }
}
