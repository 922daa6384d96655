package io.jobmon.examples;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where the spanning probabilities of two lattice sizes cross: the larger lattice spans less often below the percolation
 * threshold, more often above it, and both alike near it (D. Stauffer and A. Aharony, Introduction to Percolation Theory, 2nd
 * ed., section 4.1).
 *
 * <p>The estimate is the zero of a straight line, fitted by least squares to the difference of the two curves within
 * {@value #WINDOW} of the crossing. The interval is the percentile bootstrap: the replicates of each point are drawn again
 * with replacement, {@value #RESAMPLES} times, and the estimate is made anew each time (B. Efron and R. J. Tibshirani, An
 * Introduction to the Bootstrap (1993), chapter 13). It covers chance alone: lattices of 64 and 256 cross about 0.0001 above
 * the threshold of the infinite one, as they span with 0.505 and 0.501 there (counted on 400,000 lattices of the one, 60,000 of
 * the other).
 *
 * @param estimate where the curves cross
 * @param low the lower end of the 95 % interval
 * @param high the upper end
 */
record Crossing(double estimate, double low, double high) {

    /** One probability p with its counts: how many of {@code replicates} lattices of each size spanned. */
    record Counts(double p, int small, int large, int replicates) {

        double difference() {
            return (double) (large - small) / replicates;
        }

        /** Draws the replicates again with replacement. */
        Counts resample(RandomGenerator random) {
            return new Counts(p, draw(small, random), draw(large, random), replicates);
        }

        private int draw(int spanning, RandomGenerator random) {
            int count = 0;
            for (int i = 0; i < replicates; i++) {
                count += random.nextInt(replicates) < spanning ? 1 : 0;
            }
            return count;
        }
    }

    private static final double WINDOW = 0.006;
    private static final int RESAMPLES = 1000;

    /** Estimates the crossing with its interval; the seed fixes the bootstrap. */
    static Crossing of(List<Counts> counts, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double[] again = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            again[i] = estimate(
                    counts.stream().map(point -> point.resample(random)).toList());
        }
        Arrays.sort(again);
        int tail = (int) Math.round(0.025 * RESAMPLES);
        return new Crossing(estimate(counts), again[tail - 1], again[RESAMPLES - tail]);
    }

    /** A line through all points tells where to look, one through the points near there tells the crossing. */
    static double estimate(List<Counts> counts) {
        double rough = zeroOfLine(counts);
        List<Counts> near = counts.stream()
                .filter(point -> Math.abs(point.p() - rough) <= WINDOW)
                .toList();
        return near.size() < 3 ? rough : zeroOfLine(near);
    }

    private static double zeroOfLine(List<Counts> counts) {
        double meanP = counts.stream().mapToDouble(Counts::p).average().orElseThrow();
        double meanD = counts.stream().mapToDouble(Counts::difference).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (Counts point : counts) {
            covariance += (point.p() - meanP) * (point.difference() - meanD);
            variance += (point.p() - meanP) * (point.p() - meanP);
        }
        return meanP - meanD * variance / covariance;
    }
}
