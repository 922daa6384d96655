package io.jobmon.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads for what blocks without a limit of its own. */
final class Threads implements AutoCloseable {

    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor pool;

    Threads(String name) {
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "jobmon-ssh-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Starts something. */
    <T> Future<T> start(Callable<T> work) {
        return pool.submit(work);
    }

    /** Does something within a time; what takes longer is interrupted. */
    <T> T within(Duration time, Callable<T> work) throws IOException, TimeoutException, InterruptedException {
        return within(time, start(work));
    }

    /** Waits for something that was started; what takes longer is interrupted. */
    static <T> T within(Duration time, Future<T> work) throws IOException, TimeoutException, InterruptedException {
        try {
            return work.get(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException(cause);
        } finally {
            work.cancel(true);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
