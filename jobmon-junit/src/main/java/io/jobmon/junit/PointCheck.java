package io.jobmon.junit;

import io.jobmon.Point;
import io.jobmon.Result;
import java.util.List;

/**
 * A test of the replicates of one point.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
@FunctionalInterface
public interface PointCheck<P, R> {

    /**
     * Checks them.
     *
     * @param point the point
     * @param results its results, one for each replicate, in their order
     * @throws Exception if they are not as they should be, or cannot be checked
     */
    void check(Point point, List<Result<P, R>> results) throws Exception;
}
