package io.jobmon.junit;

import io.jobmon.Summary;
import java.util.List;
import java.util.Locale;

/**
 * Assertions on the 95 % confidence interval of a mean of replicates.
 *
 * <p>Thread safety: for one thread.
 *
 * @since 0.1
 */
public final class IntervalAssert {

    private final PointMeans means;
    private final String field;
    private final Summary.Row row;

    IntervalAssert(PointMeans means, String field, Summary.Row row) {
        this.means = means;
        this.field = field;
        this.row = row;
    }

    /**
     * The interval holds a value. A right one lies outside with a probability of 5 %: for a suite use
     * {@link MeanAssert#isCloseTo}.
     *
     * @param expected the value
     * @return this
     * @throws AssertionError if it lies outside, or there are fewer than two replicates
     */
    public IntervalAssert contains(double expected) {
        means.requireReplicates(field, row);
        if (!(row.low() <= expected && expected <= row.high())) {
            means.fail(String.format(
                    Locale.ROOT,
                    "the 95 %% interval of %s is %.6g to %.6g, without %.6g%n%s",
                    field,
                    row.low(),
                    row.high(),
                    expected,
                    new Summary(field, List.of(row))));
        }
        return this;
    }
}
