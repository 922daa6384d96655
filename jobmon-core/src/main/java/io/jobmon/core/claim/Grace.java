package io.jobmon.core.claim;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long what runs may go on when a worker stops: the shortest time that anybody gave. Thread safety: any number of
 * threads.
 */
final class Grace {

    private final LongSupplier nanoTime;
    private long end;
    private boolean given;

    Grace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Gives so long from now on, unless it is less already. */
    synchronized void atMost(Duration time) {
        long now = nanoTime.getAsLong();
        // A hundred years, so that sums stay within a long.
        long until = now + Math.min(time.toSeconds(), 3_000_000_000L) * 1_000_000_000L + time.toNanosPart();
        if (!given || until - end < 0) {
            end = until;
            given = true;
        }
    }

    /** What is left of it; zero if none was given. */
    synchronized Duration left() {
        return given ? Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())) : Duration.ZERO;
    }
}
