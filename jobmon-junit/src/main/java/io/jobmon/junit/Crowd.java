package io.jobmon.junit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The connections that are open at the same time. Whose a thread is cannot be told, so threads are looked at when the
 * last of them has closed: those that came since the first was opened should end then. Thread safety: any number of threads.
 */
final class Crowd {

    private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String THREADS = "jobmon-";

    private int open;
    private boolean several;
    private boolean server;
    private Set<Thread> before = Set.of();

    /** One will be opened. On a server, workers of others may run in this JVM too, and start threads at any time. */
    synchronized void enter(boolean onServer) {
        if (open++ == 0) {
            before = threads();
            several = false;
            server = false;
        } else {
            several = true;
        }
        server |= onServer;
    }

    /** One has closed; answers which threads do not end. Waits for them only if no other one is open. */
    List<String> leave() {
        Set<Thread> left;
        String whose;
        synchronized (this) {
            if (--open > 0 || server) {
                return List.of();
            }
            left = threads();
            left.removeAll(before);
            before = Set.of();
            whose = several ? ", of one of the tests that ran at the same time" : "";
        }
        return lingering(left).stream()
                .map(thread -> "thread " + thread.getName() + whose)
                .sorted()
                .toList();
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith(THREADS));
        return threads;
    }

    private static Set<Thread> lingering(Set<Thread> left) {
        long end = System.nanoTime() + ENDING_NANOS;
        for (Thread thread : left) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Set.of();
            }
        }
        left.removeIf(thread -> !thread.isAlive());
        return left;
    }
}
