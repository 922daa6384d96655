package io.jobmon.core.post;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Outcomes per second over the last ten seconds or so. Thread-safe. */
final class Rate {

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final int MOST = 200;

    private record Sample(long nanos, long count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final long begun = System.nanoTime();

    synchronized void add(long count) {
        long now = System.nanoTime();
        samples.add(new Sample(now, count));
        while (samples.size() > MOST || samples.size() > 2 && now - samples.peek().nanos > WINDOW_NANOS) {
            samples.poll();
        }
    }

    synchronized double perSecond() {
        Sample first = samples.peekFirst();
        Sample last = samples.peekLast();
        if (first == null || last == null || last.nanos == first.nanos) {
            return 0;
        }
        return Math.max(0, last.count - first.count) * 1e9 / (last.nanos - first.nanos);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
