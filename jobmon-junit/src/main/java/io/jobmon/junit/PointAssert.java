package io.jobmon.junit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Assertions on the replicates of one point.
 *
 * <p>Thread safety: for one thread.
 *
 * @since 0.1
 */
public final class PointAssert {

    private final PointMeans means;
    private final Map<String, Object> values;

    PointAssert(PointMeans means, Map<String, Object> values) {
        this.means = means;
        this.values = values;
    }

    static Map<String, Object> values(String name, Object value, Object... more) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(name, value);
        if (more.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value; give at(name, value, name, value, ..).");
        }
        for (int k = 0; k < more.length; k += 2) {
            if (!(more[k] instanceof String other) || values.put(other, more[k + 1]) != null) {
                throw new IllegalArgumentException(
                        more[k] + " is no name, or is given twice; give at(name, value, name," + " value, ..).");
            }
        }
        return values;
    }

    /**
     * Looks at the mean of a field.
     *
     * @param field the field of the outcome, as in {@link io.jobmon.Results#summary}; a boolean counts as 0 or 1
     * @return assertions on the mean
     * @throws AssertionError if no point has the values, or more than one
     */
    public MeanAssert mean(String field) {
        return new MeanAssert(means, field, means.row(field, values));
    }

    /**
     * Looks at the 95 % confidence interval of the mean of a field.
     *
     * @param field the field of the outcome, as in {@link io.jobmon.Results#summary}
     * @return assertions on the interval
     * @throws AssertionError if no point has the values, or more than one
     */
    public IntervalAssert interval(String field) {
        return new IntervalAssert(means, field, means.row(field, values));
    }
}
