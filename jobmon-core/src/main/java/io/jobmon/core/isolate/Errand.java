package io.jobmon.core.isolate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a child asks its worker for and Redis has to answer. It is done on another thread, for when Redis is away it takes
 * seconds, in which the clock of the experiment runs on. The last question is the one that is waited for.
 *
 * <p>Thread safety: for one thread.
 */
final class Errand {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "jobmon-errand-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private @Nullable CompletableFuture<byte[]> running;

    /** Begins, behind what was begun before. */
    void begin(Supplier<byte[]> errand) {
        CompletableFuture<byte[]> before = running;
        running = before == null
                ? CompletableFuture.supplyAsync(errand, THREADS)
                : before.handleAsync((answer, failed) -> errand.get(), THREADS);
    }

    /**
     * The answer, once.
     *
     * @param nanos how long to wait for it
     * @return null if there is nothing to answer, or not yet
     */
    byte @Nullable [] answer(long nanos) {
        CompletableFuture<byte[]> now = running;
        if (now == null) {
            return null;
        }
        try {
            byte[] answer = now.get(nanos, TimeUnit.NANOSECONDS);
            running = null;
            return answer;
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            running = null;
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
