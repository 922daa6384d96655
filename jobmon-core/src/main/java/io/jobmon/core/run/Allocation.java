package io.jobmon.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * For how long a worker may use its machine, by the machine's own clock: a batch system kills it then. The worker stops a
 * margin before that, and begins nothing that it would have to break off.
 *
 * <p>Thread safety: immutable.
 */
public final class Allocation {

    /** No end is known. */
    public static final Allocation ENDLESS = new Allocation(InstantSource.system(), null, Duration.ZERO);

    /** Enough to interrupt what runs, store outcomes and give back the rest while Redis answers slowly. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    /** Of a short allocation, at most a tenth is margin. */
    private static final int SHARE = 10;

    /** An experiment may take so much longer than the longest so far. */
    private static final double CAUTION = 1.1;

    private final InstantSource clock;
    private final @Nullable Instant end;
    private final Duration margin;

    private Allocation(InstantSource clock, @Nullable Instant end, Duration margin) {
        this.clock = clock;
        this.end = end;
        this.margin = margin;
    }

    /**
     * An allocation that ends.
     *
     * @param begin when it began, as far as known
     * @param end when it ends
     * @param clock the clock by which it ends
     * @return the allocation
     */
    public static Allocation of(Instant begin, Instant end, InstantSource clock) {
        Duration tenth = Duration.between(begin, end).dividedBy(SHARE);
        Duration margin = tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN;
        return new Allocation(clock, end, margin.isNegative() ? Duration.ZERO : margin);
    }

    /**
     * How long before the end a worker stops.
     *
     * @return 20 seconds, or a tenth of the allocation if that is less
     */
    public Duration margin() {
        return margin;
    }

    /**
     * How long it lasts.
     *
     * @return until its end; zero once it is over
     */
    public Duration left() {
        return end == null ? Duration.ofMillis(Long.MAX_VALUE) : Duration.ofMillis(Math.max(0, millis(end)));
    }

    private long millis(Instant until) {
        return until.toEpochMilli() - clock.millis();
    }

    /**
     * Whether it is time to stop.
     *
     * @return true from the margin before its end on
     */
    public boolean over() {
        return end != null && millis(end) <= margin.toMillis();
    }

    /**
     * How many experiments can be run before it is over, one after the other.
     *
     * @param longest how long one takes at most, nanoseconds; 0 if unknown, then they are tried as long as there is time
     * @return the number, 0 if none
     */
    public long fitting(long longest) {
        if (end == null) {
            return Long.MAX_VALUE;
        }
        long time = millis(end) - margin.toMillis();
        if (time <= 0) {
            return 0;
        }
        return longest == 0 ? Long.MAX_VALUE : (long) (time * 1e6 / (CAUTION * longest));
    }
}
