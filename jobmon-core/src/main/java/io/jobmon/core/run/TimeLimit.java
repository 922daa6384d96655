package io.jobmon.core.run;

/**
 * How long an experiment may take.
 *
 * @param nanos at most
 * @param text why, as it stands in the failure: what it took longer than
 */
record TimeLimit(long nanos, String text) {

    static final TimeLimit NONE = new TimeLimit(Long.MAX_VALUE, "");

    static TimeLimit shorter(TimeLimit one, TimeLimit other) {
        return one.nanos <= other.nanos ? one : other;
    }

    /** A time for people. */
    static String show(long nanos) {
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + " s";
        }
        if (nanos >= 10_000_000_000L) {
            return Math.round(nanos / 1e9) + " s";
        }
        if (nanos >= 1_000_000) {
            return Math.round(nanos / 1e6) + " ms";
        }
        return nanos / 1000 + " us";
    }
}
