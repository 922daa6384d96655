package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossingTest {

    /** Counts of two logistic curves that cross at {@code at}, the larger lattice's being three times as steep. */
    private static List<Crossing.Counts> curves(double at, int replicates) {
        return IntStream.range(0, 26)
                .mapToObj(i -> {
                    double p = 0.580 + 0.001 * i;
                    int small = (int) Math.round(replicates / (1 + Math.exp(-60 * (p - at))));
                    int large = (int) Math.round(replicates / (1 + Math.exp(-180 * (p - at))));
                    return new Crossing.Counts(p, small, large, replicates);
                })
                .toList();
    }

    @Test
    void should_find_the_crossing_when_the_curves_are_exact() {
        for (double at : new double[] {0.590, 0.5927, 0.595}) {
            // left over: the points within the window are not quite as many on both sides
            assertThat(Crossing.estimate(curves(at, 1_000_000))).isCloseTo(at, within(1e-4));
        }
    }

    @Test
    void should_have_the_width_that_the_binomial_law_demands_when_resampled() {
        Crossing crossing = Crossing.of(curves(0.5925, 400), 1);

        // near the crossing both curves are near 1/2, so a difference has the variance 2 * 0.25 / 400; the zero of a
        // line with
        // slope 30 through 12 points: sd = sqrt(0.00125 / 12) / 30 = 0.00034; the line is a little flatter than the
        // slope at 1/2
        double width = crossing.high() - crossing.low();
        assertThat(width).isBetween(2 * 1.96 * 0.00034 * 0.9, 2 * 1.96 * 0.00034 * 1.4);
        assertThat(crossing.estimate()).isBetween(crossing.low(), crossing.high());
    }

    @Test
    void should_narrow_when_there_are_more_replicates() {
        Crossing few = Crossing.of(curves(0.5925, 100), 1);
        Crossing many = Crossing.of(curves(0.5925, 900), 1);

        // by three, give or take what chance does to 1,000 resamples
        assertThat((few.high() - few.low()) / (many.high() - many.low())).isBetween(2.4, 3.6);
    }

    @Test
    void should_repeat_itself_when_the_seed_is_the_same() {
        assertThat(Crossing.of(curves(0.5925, 50), 3)).isEqualTo(Crossing.of(curves(0.5925, 50), 3));
    }
}
