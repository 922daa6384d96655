package io.jobmon.junit;

import io.jobmon.Results;
import io.jobmon.Sweep;
import org.assertj.core.annotation.CheckReturnValue;

/**
 * Assertions on sweeps and their results, beside those of AssertJ: both {@code assertThat} can be imported, by name or by star.
 *
 * <p>Thread safety: stateless.
 *
 * @since 0.1
 */
@CheckReturnValue
public final class JobMonAssertions {

    private JobMonAssertions() {}

    /**
     * Begins assertions on a sweep. What needs its results waits for its end.
     *
     * @param actual the sweep
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the assertions
     */
    public static <P, R> SweepAssert<P, R> assertThat(Sweep<P, R> actual) {
        return new SweepAssert<>(actual);
    }

    /**
     * Begins assertions on results, as they are now.
     *
     * @param actual the results
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the assertions
     */
    public static <P, R> ResultsAssert<P, R> assertThat(Results<P, R> actual) {
        return new ResultsAssert<>(actual);
    }
}
