package io.jobmon.core.isolate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The children that live, whoever has them: a slot that was given up still has its own.
 *
 * <p>Thread safety: any number of threads.
 */
final class Brood {

    private static final long LET_GO_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Set<Child> living = new HashSet<>();
    private boolean closed;

    /**
     * Takes a child whose process was started.
     *
     * @throws Unwanted if no more are wanted
     */
    synchronized void add(Child child) {
        living.add(child);
        check();
    }

    /**
     * Asks before one is started.
     *
     * @throws Unwanted if no more are wanted
     */
    synchronized void check() {
        if (closed) {
            throw new Unwanted();
        }
    }

    /** Forgets a child that was closed. */
    synchronized void remove(Child child) {
        living.remove(child);
        notifyAll();
    }

    /**
     * Ends all, and takes no more; returns when their processes are gone.
     *
     * @return whether the threads that had them have let go of them
     */
    boolean end() {
        List<Child> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(living);
        }
        left.forEach(Child::end);
        return letGo();
    }

    private synchronized boolean letGo() {
        long end = System.nanoTime() + LET_GO_NANOS;
        boolean interrupted = false;
        while (!living.isEmpty() && System.nanoTime() < end) {
            try {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return living.isEmpty();
    }
}
