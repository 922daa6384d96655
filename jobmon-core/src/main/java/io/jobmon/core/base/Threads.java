package io.jobmon.core.base;

/** Waiting for threads. Thread safety: stateless. */
public final class Threads {

    private Threads() {}

    /**
     * Waits until a thread has ended, however often this one is interrupted meanwhile; its interrupt status is kept.
     *
     * @param thread the thread
     */
    public static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
