package io.jobmon.core.claim;

import io.jobmon.CommandJob;
import io.jobmon.JobMonException;
import io.jobmon.core.identity.UnreadyException;
import io.jobmon.core.run.RunnableJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Command jobs that this machine cannot run now: a program is not on its PATH, say, or a file is not there. They are not
 * offered, so nothing of them is claimed; they are looked at again now and then.
 *
 * <p>Thread safety: any number of threads.
 */
final class Hindered {

    private static final Logger LOG = LoggerFactory.getLogger(Hindered.class);
    private static final int SHOWN = 20;
    private static final int LONGEST = 300;

    private final Map<String, CommandJob<?>> jobs = new ConcurrentHashMap<>();
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    void add(CommandJob<?> job, String why) {
        jobs.put(job.name(), job);
        if (!why.equals(reasons.put(job.name(), why))) {
            LOG.warn("This worker cannot run {}: {}.", job.name(), why);
        }
    }

    void remove(String name) {
        jobs.remove(name);
        reasons.remove(name);
    }

    /** Takes out the jobs that can be run by now. */
    List<RunnableJob<?, ?>> takeReady() {
        List<RunnableJob<?, ?>> ready = new ArrayList<>();
        for (CommandJob<?> job : jobs.values()) {
            try {
                RunnableJob<?, ?> runnable = RunnableJob.of(job);
                Optional<String> lack = runnable.lack();
                if (lack.isPresent()) {
                    add(job, lack.get());
                } else {
                    remove(job.name());
                    ready.add(runnable);
                    LOG.info("This worker can run {} now.", job.name());
                }
            } catch (UnreadyException e) {
                add(job, e.lack());
            } catch (JobMonException e) {
                add(job, String.valueOf(e.getMessage()));
            }
        }
        return ready;
    }

    /** For the worker's card. */
    List<Object> reasons() {
        List<Object> shown = new ArrayList<>();
        reasons.forEach((name, why) -> {
            if (shown.size() < SHOWN) {
                shown.add(Map.of("name", name, "why", why.length() > LONGEST ? why.substring(0, LONGEST) : why));
            }
        });
        return shown;
    }
}
