package io.jobmon.core.run;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The wall times of a sweep's last experiments, the longest of them, and the time limit that follows from their median.
 *
 * <p>Thread safety: any number of threads.
 */
final class WallTimes {

    /** So many are remembered. */
    static final int KEPT = 101;

    /** With fewer there is no limit. */
    static final int LEAST = 20;

    /** A limit is never shorter. */
    static final long FLOOR_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long[] nanos = new long[KEPT];
    private int size;
    private int next;
    private double knownFactor;
    private TimeLimit known = TimeLimit.NONE;
    private boolean stale;
    private volatile long longest;

    synchronized void add(long wall) {
        long forgotten = nanos[next];
        nanos[next] = wall;
        if (wall >= longest) {
            longest = wall;
        } else if (forgotten == longest) {
            longest = Arrays.stream(nanos).max().orElse(0);
        }
        next = (next + 1) % KEPT;
        size = Math.min(KEPT, size + 1);
        stale = true;
    }

    /** The longest of those remembered, 0 if there is none. */
    long longest() {
        return longest;
    }

    synchronized boolean few() {
        return size < LEAST;
    }

    synchronized TimeLimit limit(double factor) {
        if (stale || factor != knownFactor) {
            known = size < LEAST ? TimeLimit.NONE : of(factor);
            knownFactor = factor;
            stale = false;
        }
        return known;
    }

    private TimeLimit of(double factor) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        long median = sorted[(size - 1) / 2] / 2 + sorted[size / 2] / 2;
        // A product beyond the range of long becomes the largest long, which is no limit.
        long limit = Math.max(FLOOR_NANOS, (long) (factor * median));
        String times = factor == Math.rint(factor) ? Long.toString((long) factor) : Double.toString(factor);
        return new TimeLimit(
                limit,
                "its time limit of " + TimeLimit.show(limit)
                        + (limit == FLOOR_NANOS ? ", the shortest with timeoutTimesMedian(" : ", timeoutTimesMedian(")
                        + times + "): the median of the last " + size + " experiments is " + TimeLimit.show(median));
    }
}
