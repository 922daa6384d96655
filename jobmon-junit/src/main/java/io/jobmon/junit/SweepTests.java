package io.jobmon.junit;

import io.jobmon.Point;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.spi.SweepDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests made of a sweep while it runs: return them from a {@code @TestFactory}. They come in the order of the experiments, each as
 * soon as it and all before it have ended. A test is named after its parameters; where it fails, its message begins with the
 * name and ends with the line that runs the experiment again.
 *
 * <p>Thread safety: a stream is for one thread.
 *
 * @since 0.1
 */
public final class SweepTests {

    private SweepTests() {}

    /**
     * A test for each point, with all of its replicates. One whose replicate failed for good fails with that failure.
     *
     * @param sweep a sweep, from {@link io.jobmon.Posting#sweep}
     * @param check the test
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the tests, in the order of the points
     * @throws IllegalArgumentException if the sweep is none of JobMon's own
     */
    public static <P, R> Stream<DynamicTest> perPoint(Sweep<P, R> sweep, PointCheck<P, R> check) {
        SweepDetails details = details(sweep);
        long points = details.points();
        int replicates = (int) (sweep.size() / points);
        return tests(sweep, points, (point, outcomes) -> {
            List<Result<P, R>> results = new ArrayList<>();
            for (int replicate = 0; replicate < replicates; replicate++) {
                results.add(outcomes.take(replicate * points + point));
            }
            Point at = details.point(point);
            String name = "#" + point + " " + text(at) + (replicates == 1 ? "" : ", " + replicates + " replicates");
            return DynamicTest.dynamicTest(name, () -> {
                for (Result<P, R> result : results) {
                    requireSuccess(name, result);
                }
                run(name, "sweep.replay(" + point + ") runs the first of them here", () -> check.check(at, results));
            });
        });
    }

    /**
     * A test for each experiment. One that failed for good fails its test with its failure.
     *
     * @param sweep a sweep, from {@link io.jobmon.Posting#sweep}
     * @param check the test
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the tests, in the order of the indices
     * @throws IllegalArgumentException if the sweep is none of JobMon's own
     */
    public static <P, R> Stream<DynamicTest> perExperiment(Sweep<P, R> sweep, ExperimentCheck<P, R> check) {
        SweepDetails details = details(sweep);
        return tests(sweep, sweep.size(), (index, outcomes) -> {
            Result<P, R> result = outcomes.take(index);
            String name = "#" + index + " " + text(details.point(index)) + ", replicate " + result.replicate()
                    + ", seed " + details.seed(index);
            return DynamicTest.dynamicTest(name, () -> {
                requireSuccess(name, result);
                run(name, "sweep.replay(" + index + ") runs it here", () -> check.check(result));
            });
        });
    }

    private static SweepDetails details(Sweep<?, ?> sweep) {
        if (sweep instanceof SweepDetails details) {
            return details;
        }
        throw new IllegalArgumentException(
                "This is no sweep of JobMon's own: " + sweep + "; give what sweep(..) returns.");
    }

    private static String text(Point point) {
        Map<String, Object> values = point.asMap();
        return values.isEmpty()
                ? "no parameters"
                : values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void run(String name, String replay, Check check) {
        try {
            check.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(name + ": " + words(e) + "\n" + replay, e);
        }
    }

    private static String words(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof AssertionError && message != null ? message.strip() : thrown.toString();
    }

    private static void requireSuccess(String name, Result<?, ?> result) {
        result.failure().ifPresent(failure -> {
            throw new AssertionError(name + ": experiment " + result.index() + " failed for good after "
                    + result.attempts() + " attempts: " + failure + "\n"
                    + failure.stack().strip() + "\nsweep.replay("
                    + result.index() + ") runs it here");
        });
    }

    private interface Maker<P, R> {
        DynamicTest make(long number, Outcomes<P, R> outcomes);
    }

    private static <P, R> Stream<DynamicTest> tests(Sweep<P, R> sweep, long number, Maker<P, R> maker) {
        Outcomes<P, R> outcomes = new Outcomes<>(sweep.stream());
        Spliterator<DynamicTest> tests =
                new Spliterators.AbstractSpliterator<>(number, Spliterator.ORDERED | Spliterator.NONNULL) {
                    private long next;

                    @Override
                    public boolean tryAdvance(Consumer<? super DynamicTest> action) {
                        if (next >= number) {
                            return false;
                        }
                        action.accept(maker.make(next++, outcomes));
                        return true;
                    }
                };
        return StreamSupport.stream(tests, false).onClose(outcomes::close);
    }
}
