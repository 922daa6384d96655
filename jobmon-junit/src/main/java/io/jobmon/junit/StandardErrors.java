package io.jobmon.junit;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How far a mean of replicates may be from what is expected: the probability that a right simulation is found wrong is that of
 * so many standard deviations of a normal distribution, whatever the number of replicates, since limits come from Student's t
 * distribution (Student, "The probable error of a mean", Biometrika 6 (1908), 1-25). It is exact where replicates are normally
 * distributed, and close where they are many.
 *
 * <p>Thread safety: any number of threads.
 *
 * @since 0.1
 */
public final class StandardErrors {

    private static final double MOST = 8;

    private final double number;
    private final Map<Long, Double> limits = new ConcurrentHashMap<>();

    private StandardErrors(double number) {
        this.number = number;
    }

    /**
     * So many standard errors of a normal distribution: {@code of(3)} errs with a probability of 0.27 %, at any number of
     * replicates from two on.
     *
     * @param number above 0, at most 8
     * @return the tolerance
     * @throws IllegalArgumentException if it is not in this range
     */
    public static StandardErrors of(double number) {
        if (!(number > 0 && number <= MOST)) {
            throw new IllegalArgumentException("standard errors are " + number + "; give a number above 0, at most 8.");
        }
        return new StandardErrors(number);
    }

    /**
     * The tolerance at which a whole suite errs with a probability: each of its comparisons gets its share (Sidak,
     * "Rectangular confidence regions for the means of multivariate normal distributions", JASA 62 (1967), 626-633).
     *
     * @param error the probability that any of the comparisons fails though all is right, above 0 and below 1
     * @param comparisons how many there are, at least 1: one for each point of each assertion
     * @return the tolerance
     * @throws IllegalArgumentException if an argument is not in its range
     */
    public static StandardErrors forSuite(double error, int comparisons) {
        if (!(error > 0 && error < 1) || comparisons < 1) {
            throw new IllegalArgumentException("an error of " + error + " in " + comparisons
                    + " comparisons; give one between 0 and 1, and at least 1.");
        }
        double each = -Math.expm1(Math.log1p(-error) / comparisons);
        return of(-new NormalDistribution().inverseCumulativeProbability(each / 2));
    }

    /**
     * The probability that a right mean is found wrong.
     *
     * @return such as 0.0027 for three standard errors
     */
    public double errorRate() {
        return 2 * new NormalDistribution().cumulativeProbability(-number);
    }

    /** How many estimated standard errors a mean of so many replicates may be off. */
    double limit(long replicates) {
        return limits.computeIfAbsent(
                replicates, n -> -new TDistribution(n - 1.0).inverseCumulativeProbability(errorRate() / 2));
    }

    /**
     * The number and the probability.
     *
     * @return such as {@code 3 standard errors (0.27 %)}
     */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s standard errors (%.2g %%)", text(number), 100 * errorRate());
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3g", value);
    }
}
