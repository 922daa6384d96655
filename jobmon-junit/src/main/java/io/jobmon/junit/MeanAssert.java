package io.jobmon.junit;

import io.jobmon.Summary;

/**
 * Assertions on a mean of replicates.
 *
 * <p>Thread safety: for one thread.
 *
 * @since 0.1
 */
public final class MeanAssert {

    private final PointMeans means;
    private final String field;
    private final Summary.Row row;

    MeanAssert(PointMeans means, String field, Summary.Row row) {
        this.means = means;
        this.field = field;
        this.row = row;
    }

    /**
     * The mean agrees with what is expected: by Student's t test, so that this fails though all is right with a probability
     * of {@link StandardErrors#errorRate()}, whatever the number of replicates. If all replicates are equal the mean must be
     * exact.
     *
     * @param expected what is expected
     * @param tolerance how far the mean may be off
     * @return this
     * @throws AssertionError if it is farther off, or there are fewer than two replicates
     */
    public MeanAssert isCloseTo(double expected, StandardErrors tolerance) {
        means.requireClose(field, row, expected, tolerance);
        return this;
    }
}
