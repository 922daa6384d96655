package io.jobmon.junit;

import io.jobmon.CsvColumns;
import io.jobmon.Plot;
import io.jobmon.Point;
import io.jobmon.Result;
import io.jobmon.Results;
import io.jobmon.Summary;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.AbstractIterableAssert;
import org.assertj.core.api.ObjectAssert;

/**
 * Assertions on results: all that AssertJ has for an iterable, and comparisons of means, as in {@link SweepAssert}.
 *
 * <p>Thread safety: for one thread.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
public final class ResultsAssert<P, R>
        extends AbstractIterableAssert<ResultsAssert<P, R>, Results<P, R>, Result<P, R>, ObjectAssert<Result<P, R>>> {

    ResultsAssert(Results<P, R> actual) {
        super(actual, ResultsAssert.class);
    }

    @Override
    protected ObjectAssert<Result<P, R>> toAssert(Result<P, R> value, String description) {
        return new ObjectAssert<>(value).as(description);
    }

    @Override
    protected ResultsAssert<P, R> newAbstractIterableAssert(Iterable<? extends Result<P, R>> iterable) {
        return new ResultsAssert<>(new Some<>(iterable));
    }

    private PointMeans means() {
        isNotNull();
        return new PointMeans(actual::summary, message -> failWithMessage("%s", message));
    }

    /**
     * Looks at the replicates of one point, as {@link SweepAssert#at}.
     *
     * @param name the name of a parameter
     * @param value its value
     * @param more names and values of others
     * @return assertions on that point
     */
    public PointAssert at(String name, Object value, Object... more) {
        return new PointAssert(means(), PointAssert.values(name, value, more));
    }

    /**
     * The mean of a field goes one way along an axis, as {@link SweepAssert#monotoneAlong}.
     *
     * @param axis the name of the parameter
     * @param field the field of the outcome
     * @return this
     */
    public ResultsAssert<P, R> monotoneAlong(String axis, String field) {
        means().monotoneAlong(axis, field, StandardErrors.of(3));
        return this;
    }

    /**
     * The mean of a field agrees with theory at each point, as {@link SweepAssert#agreesWith}.
     *
     * @param field the field of the outcome
     * @param theory what is expected at a point
     * @param tolerance how far a mean may be off
     * @return this
     */
    public ResultsAssert<P, R> agreesWith(String field, ToDoubleFunction<Point> theory, StandardErrors tolerance) {
        means().agreesWith(field, theory, tolerance);
        return this;
    }

    /**
     * Results that were picked by an assertion. Thread safety: that of the iterable.
     *
     * @param some the results
     */
    private record Some<P, R>(Iterable<? extends Result<P, R>> some) implements Results<P, R> {

        @Override
        public Stream<Result<P, R>> stream() {
            return StreamSupport.stream(some.spliterator(), false).map(result -> result);
        }

        @Override
        public Iterator<Result<P, R>> iterator() {
            return stream().iterator();
        }

        @Override
        public Summary summary(String field) {
            throw picked();
        }

        @Override
        public Plot plot() {
            throw picked();
        }

        @Override
        public void writeCsv(Path file) {
            throw picked();
        }

        @Override
        public void writeCsv(Path file, CsvColumns columns) {
            throw picked();
        }

        @Override
        public void writeJsonLines(Path file) {
            throw picked();
        }

        private static UnsupportedOperationException picked() {
            return new UnsupportedOperationException(
                    "These are some results of a sweep, picked by an assertion; summarise sweep.results() itself.");
        }
    }
}
