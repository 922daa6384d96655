package io.jobmon.core.post;

import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.Signals;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Rings when Redis tells of a sweep. For one thread that waits. */
final class Bell implements Signals.Listener, AutoCloseable {

    private final String sweep;
    private final Semaphore rings = new Semaphore(0);
    private @Nullable Signals signals;

    Bell(String sweep) {
        this.sweep = sweep;
    }

    void listen(Queue queue) {
        if (signals == null) {
            signals = queue.signals();
            signals.add(this);
        }
    }

    @Override
    public void event(String about, String what) {
        if (about.equals(sweep)) {
            rings.release();
        }
    }

    void await(long millis) {
        try {
            if (rings.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                rings.drainPermits();
            }
        } catch (InterruptedException e) {
            throw Watch.interrupted(e);
        }
    }

    @Override
    public void close() {
        if (signals != null) {
            signals.remove(this);
        }
    }
}
