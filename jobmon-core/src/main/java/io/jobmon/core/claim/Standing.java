package io.jobmon.core.claim;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The status of a worker, and for how long it has had it, as far as it was looked at: with every heartbeat.
 *
 * <p>Thread safety: any number of threads.
 */
final class Standing {

    private final Supplier<String> status;
    private final LongSupplier nanoTime;
    private String last;
    private long since;

    /**
     * Begins with what is so now.
     *
     * @param status working, resting or stopping
     * @param nanoTime the time, System.nanoTime()
     */
    Standing(Supplier<String> status, LongSupplier nanoTime) {
        this.status = status;
        this.nanoTime = nanoTime;
        this.last = "";
        this.since = nanoTime.getAsLong();
    }

    /**
     * What a worker stands at.
     *
     * @param status working, resting or stopping
     * @param seconds for how long
     */
    record Look(String status, double seconds) {}

    synchronized Look look() {
        String now = status.get();
        long nanos = nanoTime.getAsLong();
        if (!now.equals(last)) {
            // The first look is at what has been so since the start.
            since = last.isEmpty() ? since : nanos;
            last = now;
        }
        return new Look(now, (nanos - since) / 1_000_000 / 1000.0);
    }
}
