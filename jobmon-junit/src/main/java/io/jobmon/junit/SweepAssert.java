package io.jobmon.junit;

import io.jobmon.Failures;
import io.jobmon.Point;
import io.jobmon.Sweep;
import java.util.function.ToDoubleFunction;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a sweep; each waits for its end. Those that compare means say with which probability they fail though all is
 * right; with the seeds of a sweep, which are fixed, one that holds holds until something is changed.
 *
 * <p>Thread safety: for one thread.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
public final class SweepAssert<P, R> extends AbstractAssert<SweepAssert<P, R>, Sweep<P, R>> {

    SweepAssert(Sweep<P, R> actual) {
        super(actual, SweepAssert.class);
    }

    private Sweep<P, R> ended() {
        isNotNull();
        actual.await();
        return actual;
    }

    private PointMeans means() {
        return new PointMeans(field -> ended().results().summary(field), this::fail);
    }

    private void fail(String message) {
        failWithMessage("%s", message);
    }

    /**
     * Every experiment has a result.
     *
     * @return this
     * @throws AssertionError if some failed for good: the message groups them by cause
     */
    public SweepAssert<P, R> allSucceeded() {
        Failures failures = ended().failures();
        if (failures.total() > 0) {
            fail(failures.total() + " of " + actual.size() + " experiments of " + actual + " failed:\n" + failures);
        }
        return this;
    }

    /**
     * Looks at the replicates of one point.
     *
     * @param name the name of a parameter
     * @param value its value
     * @param more names and values of others: so many that one point is left
     * @return assertions on that point
     * @throws AssertionError if no point has these values, or more than one
     */
    public PointAssert at(String name, Object value, Object... more) {
        return new PointAssert(means(), PointAssert.values(name, value, more));
    }

    /**
     * Along an axis the mean of a field goes one way, from the first value to the last, at each combination of the others. A
     * step the other way counts when the two means differ by more than three standard errors of their difference: with k
     * steps this fails though all is right with a probability of at most k times 0.14 %.
     *
     * @param axis the name of the parameter
     * @param field the field of the outcome, as in {@link io.jobmon.Results#summary}
     * @return this
     * @throws AssertionError if it goes back somewhere
     */
    public SweepAssert<P, R> monotoneAlong(String axis, String field) {
        means().monotoneAlong(axis, field, StandardErrors.of(3));
        return this;
    }

    /**
     * At each point the mean of a field agrees with theory. With k points this fails though all is right with a probability
     * of at most k times {@link StandardErrors#errorRate()}; {@link StandardErrors#forSuite} chooses a tolerance for a whole
     * suite.
     *
     * @param field the field of the outcome, as in {@link io.jobmon.Results#summary}
     * @param theory what is expected at a point
     * @param tolerance how far a mean may be off
     * @return this
     * @throws AssertionError if some point disagrees: the message lists them
     */
    public SweepAssert<P, R> agreesWith(String field, ToDoubleFunction<Point> theory, StandardErrors tolerance) {
        means().agreesWith(field, theory, tolerance);
        return this;
    }
}
