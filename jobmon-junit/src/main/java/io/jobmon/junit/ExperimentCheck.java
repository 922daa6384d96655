package io.jobmon.junit;

import io.jobmon.Result;

/**
 * A test of one experiment.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
@FunctionalInterface
public interface ExperimentCheck<P, R> {

    /**
     * Checks it.
     *
     * @param result its result
     * @throws Exception if it is not as it should be, or cannot be checked
     */
    void check(Result<P, R> result) throws Exception;
}
