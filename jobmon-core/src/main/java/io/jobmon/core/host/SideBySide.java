package io.jobmon.core.host;

import io.jobmon.Host;
import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Does one thing on several hosts at once; what goes wrong on one leaves the others alone. */
final class SideBySide {

    private static final int MOST = 32;

    /** What is done on a host. */
    interface Work<T> {
        T on(Host host) throws Exception;
    }

    /** Returns the answers, in the order of the hosts. */
    <T> List<T> each(String what, List<Host> hosts, Work<T> work) {
        AtomicInteger number = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(MOST, hosts.size()), task -> {
            Thread thread = new Thread(task, "jobmon-host-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (Host host : hosts) {
                tasks.add(() -> work.on(host));
            }
            return answers(what, hosts, pool.invokeAll(tasks));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException(what + " was interrupted; call it again.", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> List<T> answers(String what, List<Host> hosts, List<Future<T>> futures)
            throws InterruptedException {
        List<T> answers = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        for (int k = 0; k < futures.size(); k++) {
            try {
                answers.add(futures.get(k).get());
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                causes.add(cause);
                failed.add(hosts.get(k).name() + ": "
                        + (cause instanceof JobMonException ? cause.getMessage() : cause.toString()));
            }
        }
        if (failed.isEmpty()) {
            return answers;
        }
        String others = failed.size() == hosts.size()
                ? ""
                : "\nThe other " + (hosts.size() - failed.size()) + " of " + hosts.size() + " hosts are done.";
        JobMonException all = new JobMonException(
                what + " failed on " + failed.size() + (failed.size() == 1 ? " host:\n" : " hosts:\n")
                        + String.join("\n", failed) + others,
                causes.get(0));
        causes.subList(1, causes.size()).forEach(all::addSuppressed);
        throw all;
    }
}
