package io.jobmon.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Point;
import io.jobmon.Summary;
import io.jobmon.Sweep;
import io.jobmon.spi.ValuePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often each assertion fails though all is right: the assertions themselves are called, on normally distributed
 * replicates, and those that fail are counted. Seeds are fixed; what is expected is from {@code docs/junit.md}.
 */
class ErrorRatesTest {

    private static final Point ONE = point(0);

    private static Point point(long x) {
        return ValuePoint.of(List.of("x"), new Object[] {x});
    }

    /** What a sweep tells of replicates about a truth. */
    private static Summary.Row row(SplittableRandom random, Point point, int replicates, double truth) {
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < replicates; k++) {
            double x = random.nextGaussian();
            sum += x;
            squares += x * x;
        }
        double mean = sum / replicates;
        double sd = Math.sqrt((squares - sum * mean) / (replicates - 1));
        double error = sd / Math.sqrt(replicates);
        return new Summary.Row(point, replicates, 0, truth + mean, sd, error, Double.NaN, Double.NaN);
    }

    private static PointMeans means(Summary.Row... rows) {
        Summary summary = new Summary("value", List.of(rows));
        return new PointMeans(field -> summary, message -> {
            throw new AssertionError(message);
        });
    }

    private static boolean fails(Runnable assertion) {
        try {
            assertion.run();
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    private static boolean isFarFromZero(SplittableRandom random, int replicates, StandardErrors tolerance) {
        Summary.Row row = row(random, ONE, replicates, 0);
        return fails(() -> new MeanAssert(means(row), "value", row).isCloseTo(0, tolerance));
    }

    /** Five standard deviations of a number of rare events. */
    private static void requireNumber(long found, double expected, int trials) {
        assertThat((double) found).isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - expected / trials))));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 0.0455, 20000",
        "2, 3, 0.0455, 20000",
        "2, 5, 0.0455, 20000",
        "2, 20, 0.0455, 20000",
        "3, 2, 0.0027, 200000",
        "3, 10, 0.0027, 200000",
        "4, 3, 0.000063, 500000"
    })
    void should_err_as_documented_when_a_mean_is_right(double k, int replicates, double rate, int trials) {
        SplittableRandom random = new SplittableRandom(42 + replicates);
        StandardErrors tolerance = StandardErrors.of(k);
        int wrong = 0;
        for (int trial = 0; trial < trials; trial++) {
            wrong += isFarFromZero(random, replicates, tolerance) ? 1 : 0;
        }
        requireNumber(wrong, trials * rate, trials);
    }

    /** Of a sweep that ran: the interval is the engine's. */
    @Test
    void should_err_at_one_in_twenty_when_an_interval_is_right() {
        int points = 2000;
        try (JobMon jobmon = JobMon.local(2)) {
            Sweep<Noise.Params, Noise.Outcome> sweep = jobmon.post(new Noise())
                    .replicates(3)
                    .sweep(ParamSpace.grid().axis("mu", 1.5).axis("batch", Axis.range(101, 100 + points, 1)));
            sweep.await();
            Summary summary = sweep.results().summary("value");
            assertThat(summary.rows()).hasSize(points);
            long wrong = summary.rows().stream()
                    .filter(row -> fails(() -> new IntervalAssert(means(row), "value", row).contains(1.5)))
                    .count();
            requireNumber(wrong, 0.05 * points, points);
        }
    }

    /** Ten points, of which each errs by itself. */
    @Test
    void should_err_at_each_point_when_a_theory_is_right() {
        SplittableRandom random = new SplittableRandom(7);
        StandardErrors two = StandardErrors.of(2);
        int trials = 4000;
        int wrong = 0;
        for (int trial = 0; trial < trials; trial++) {
            Summary.Row[] rows = IntStream.range(0, 10)
                    .mapToObj(x -> row(random, point(x), 5, x))
                    .toArray(Summary.Row[]::new);
            wrong += fails(() -> means(rows).agreesWith("value", point -> point.getLong("x"), two)) ? 1 : 0;
        }
        requireNumber(wrong, trials * (1 - Math.pow(1 - two.errorRate(), 10)), trials);
        assertThat((double) wrong / trials).isLessThan(10 * two.errorRate());
    }

    private static int stepsBack(SplittableRandom random, int trials, int replicates, double... truths) {
        SweepLine line = new SweepLine(random, replicates, truths);
        int wrong = 0;
        for (int trial = 0; trial < trials; trial++) {
            Summary.Row[] rows = line.rows();
            wrong += fails(() -> means(rows).monotoneAlong("x", "value", StandardErrors.of(3))) ? 1 : 0;
        }
        return wrong;
    }

    /** Points along an axis. For one thread. */
    private record SweepLine(SplittableRandom random, int replicates, double... truths) {
        Summary.Row[] rows() {
            return IntStream.range(0, truths.length)
                    .mapToObj(x -> row(random, point(x), replicates, truths[x]))
                    .toArray(Summary.Row[]::new);
        }
    }

    /** Flat between two ends that say which way it goes: of all that is right, this errs most. */
    @Test
    void should_err_at_most_as_documented_when_a_curve_is_flat_between_its_ends() {
        double[] truths = {-50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50};
        int trials = 10_000;
        double most = trials * 9 * 0.00135;

        int many = stepsBack(new SplittableRandom(3), trials, 60, truths);
        assertThat((double) many)
                .as("close to the bound when replicates are many")
                .isBetween(0.5 * most, most + 4 * Math.sqrt(most));

        int few = stepsBack(new SplittableRandom(4), trials, 3, truths);
        assertThat((double) few).as("below it when they are few").isBetween(1.0, most);
    }

    /** Where all is flat the ends go one way or the other by chance. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 40})
    void should_err_at_most_as_documented_when_a_curve_is_flat(int replicates) {
        int trials = 10_000;
        double most = trials * 4 * 0.00135;
        assertThat((double) stepsBack(new SplittableRandom(5), trials, replicates, 1, 1, 1, 1, 1))
                .isBetween(1.0, most + 4 * Math.sqrt(most));
    }

    /** A suite ends with its first failure: whether it flakes is what counts. */
    private static boolean flakes(SplittableRandom random, int assertions, int replicates, StandardErrors tolerance) {
        for (int k = 0; k < assertions; k++) {
            if (isFarFromZero(random, replicates, tolerance)) {
                return true;
            }
        }
        return false;
    }

    private static int flaking(int suites, int replicates, StandardErrors tolerance) {
        SplittableRandom random = new SplittableRandom(11 + replicates);
        int flaking = 0;
        for (int suite = 0; suite < suites; suite++) {
            flaking += flakes(random, 1000, replicates, tolerance) ? 1 : 0;
        }
        return flaking;
    }

    @Test
    void should_flake_as_documented_when_a_suite_has_a_thousand_assertions() {
        requireNumber(flaking(2000, 3, StandardErrors.forSuite(0.01, 1000)), 20, 2000);
        requireNumber(flaking(1000, 3, StandardErrors.of(4)), 61, 1000);
        requireNumber(flaking(300, 3, StandardErrors.of(3)), 0.933 * 300, 300);
    }

    @Test
    void should_flake_as_documented_when_the_thousand_are_points_of_one_sweep() {
        SplittableRandom random = new SplittableRandom(17);
        StandardErrors tolerance = StandardErrors.forSuite(0.2, 1000);
        int suites = 400;
        int flaking = 0;
        for (int suite = 0; suite < suites; suite++) {
            List<Summary.Row> rows = new ArrayList<>();
            for (int x = 0; x < 1000; x++) {
                rows.add(row(random, ONE, 4, 0));
            }
            Summary.Row[] all = rows.toArray(Summary.Row[]::new);
            flaking += fails(() -> means(all).agreesWith("value", point -> 0, tolerance)) ? 1 : 0;
        }
        requireNumber(flaking, 0.2 * suites, suites);
    }
}
