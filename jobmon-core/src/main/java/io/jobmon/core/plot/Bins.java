package io.jobmon.core.plot;

/**
 * How many bins a histogram has. The width is twice the interquartile range over the cube root of n (D. Freedman and P.
 * Diaconis, On the histogram as a density estimator: L2 theory, Zeitschrift fuer Wahrscheinlichkeitstheorie und verwandte
 * Gebiete 57 (1981), 453-476). Where that range is 0 there are 1 + log2 n (H. Sturges, The choice of a class interval, Journal
 * of the American Statistical Association 21 (1926), 65-66).
 */
final class Bins {

    static final int MOST = 200;

    private Bins() {}

    /**
     * Applies the rule.
     *
     * @param sorted the values or a sample of them, ascending
     * @param n how many values there are
     * @param low the lowest value
     * @param high the highest, above the lowest
     * @return 1 to 200
     */
    static int number(double[] sorted, long n, double low, double high) {
        double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        double bins = range > 0
                ? Math.ceil((high - low) / (2 * range / Math.cbrt(n)))
                : Math.ceil(Math.log(n) / Math.log(2)) + 1;
        return (int) Math.max(1, Math.min(MOST, bins));
    }

    /** Linear between the values, the first of which is the quantile 0 and the last the quantile 1. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
