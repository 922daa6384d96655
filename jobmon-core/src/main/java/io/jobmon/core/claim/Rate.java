package io.jobmon.core.claim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Experiments per second lately: over the last minute or, where hardly any has ended in it, over the last ten. Thread safety:
 * for one thread.
 */
final class Rate {

    private static final long STEP = Duration.ofSeconds(2).toNanos();
    private static final long SHORT = Duration.ofMinutes(1).toNanos();
    private static final long LONG = Duration.ofMinutes(10).toNanos();
    private static final int ENOUGH = 10;

    private record Sample(long nanos, long count) {}

    private final LongSupplier nanoTime;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Begins with how many have ended before. */
    Rate(LongSupplier nanoTime, long count) {
        this.nanoTime = nanoTime;
        samples.add(new Sample(nanoTime.getAsLong(), count));
    }

    /** Takes how many have ended by now, and tells the rate. */
    double of(long count) {
        long now = nanoTime.getAsLong();
        while (samples.size() > 1 && now - samples.element().nanos() > LONG) {
            samples.remove();
        }
        Sample oldest = samples.element();
        Sample recent = oldest;
        for (Sample sample : samples) {
            if (now - sample.nanos() >= SHORT) {
                recent = sample;
            }
        }
        Sample from = count - recent.count() >= ENOUGH ? recent : oldest;
        if (now - samples.getLast().nanos() >= STEP) {
            samples.add(new Sample(now, count));
        }
        return now == from.nanos() ? 0 : (count - from.count()) * 1e9 / (now - from.nanos());
    }
}
