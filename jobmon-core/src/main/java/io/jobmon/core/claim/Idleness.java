package io.jobmon.core.claim;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells when a worker has run nothing for too long, be it for want of work or of Redis. For one thread. */
final class Idleness {

    private final long limit;
    private final LongSupplier nanoTime;
    private long ended;
    private long lastRan;

    Idleness(Optional<Duration> limit, LongSupplier nanoTime) {
        this.limit = limit.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        this.nanoTime = nanoTime;
        this.lastRan = nanoTime.getAsLong();
    }

    /**
     * Looks at what is going on.
     *
     * @param running whether an experiment runs now
     * @param endedSoFar how many have ended: those shorter than the time between two looks
     * @return whether it is time to end
     */
    boolean over(boolean running, long endedSoFar) {
        long now = nanoTime.getAsLong();
        if (running || endedSoFar != ended) {
            ended = endedSoFar;
            lastRan = now;
        }
        return now - lastRan >= limit;
    }
}
