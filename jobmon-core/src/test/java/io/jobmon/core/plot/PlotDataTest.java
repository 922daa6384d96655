package io.jobmon.core.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is drawn, before it is drawn. */
class PlotDataTest {

    private static PlotSpec spec(String x, String y, String field) {
        PlotSpec spec = new PlotSpec();
        spec.x = x;
        spec.y = y;
        spec.field = field;
        return spec;
    }

    @Test
    void should_have_the_means_and_intervals_of_the_summary_when_lines_are_drawn() {
        TestSource source = new TestSource("p", "n")
                .row(10, 3, 0.2, 64)
                .row(10, 7, 0.2, 128)
                .row(10, 2, 0.1, 64)
                .row(1, 8, 0.1, 128)
                .row(0, 0, 0.3, 64);

        Lines lines = Lines.of(source, spec("p", "n", "y"));

        assertThat(lines.lines()).extracting(Lines.Line::name).containsExactly("n = 64", "n = 128");
        Lines.Line first = lines.lines().get(0);
        assertThat(first.x()).containsExactly(0.1, 0.2);
        assertThat(first.mean()).containsExactly(2, 3);
        assertThat(first.low()).containsExactly(1.5, 2.5);
        assertThat(first.high()).containsExactly(2.5, 3.5);
        assertThat(lines.lines().get(1).mean()).containsExactly(8, 7);
        assertThat(lines.lines().get(1).low()).containsExactly(Double.NaN, 6.5);
        assertThat(lines.notes()).containsExactly("means of 1 to 10 replicates, 95 % intervals");
    }

    @Test
    void should_take_one_value_of_a_further_axis_when_told() {
        TestSource source = new TestSource("p", "n").row(5, 3, 0.2, 64).row(5, 7, 0.2, 128);
        PlotSpec spec = spec("p", "", "y");
        spec.fixed.put("n", 128.0);

        assertThat(Lines.of(source, spec).lines().get(0).mean()).containsExactly(7);
    }

    @Test
    void should_leave_out_and_say_so_when_means_are_not_finite() {
        TestSource source =
                new TestSource("p").row(5, 3, 0.2).row(5, Double.NaN, 0.3).row(5, 4, 0.4);

        Lines lines = Lines.of(source, spec("p", "", "y"));

        assertThat(lines.lines().get(0).x()).containsExactly(0.2, 0.4);
        assertThat(lines.notes()).contains("1 mean not finite, left out");
    }

    @Test
    void should_have_cells_in_the_order_of_the_values_and_holes_when_a_heat_map_is_drawn() {
        TestSource source = new TestSource("a", "b")
                .row(2, 4, 10, "low")
                .row(2, 6, 1, "high")
                .row(2, 5, 1, "low")
                .row(0, 0, 10, "high");

        HeatMap map = HeatMap.of(source, spec("a", "b", "y"));

        assertThat(map.x().texts()).containsExactly("1", "10");
        assertThat(map.y().texts()).containsExactly("low", "high");
        assertThat(Arrays.deepToString(map.means())).isEqualTo("[[5.0, 6.0], [4.0, NaN]]");
        assertThat(map.low()).isEqualTo(4);
        assertThat(map.high()).isEqualTo(6);
        assertThat(map.notes()).containsExactly("1 of 4 cells without a value, crossed out");
    }

    @Test
    void should_lie_halfway_between_values_when_borders_of_cells() {
        assertThat(HeatMap.borders(new double[] {1, 2, 4}, false)).containsExactly(0.5, 1.5, 3, 5);
        double[] logarithmic = HeatMap.borders(new double[] {1, 100}, true);
        assertThat(logarithmic[0]).isCloseTo(0.1, within(1e-12));
        assertThat(logarithmic[1]).isCloseTo(10, within(1e-12));
        assertThat(logarithmic[2]).isCloseTo(1000, within(1e-9));
    }

    @Test
    void should_follow_freedman_and_diaconis_when_bins_are_not_given() {
        TestSource source = new TestSource("p");
        for (int i = 0; i <= 1000; i++) {
            source.result(i / 1000.0, 0, 1);
        }

        Histogram histogram = Histogram.of(source, spec("", "", "y"));

        // The interquartile range is 0.5, so the width is 1 / cbrt(1001) = 0.09997.
        assertThat(histogram.counts()).hasSize(11);
        assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(1001);
        assertThat(histogram.borders()[0]).isZero();
        assertThat(histogram.borders()[11]).isEqualTo(1);
    }

    @Test
    void should_count_each_value_once_when_bins_are_given() {
        TestSource source = new TestSource("p")
                .result(0, 0, 1)
                .result(1, 0, 1)
                .result(1.5, 0, 1)
                .result(2, 0, 1);
        source.result(Double.NaN, 0, 1).result(Double.POSITIVE_INFINITY, 0, 1);
        PlotSpec spec = spec("", "", "y");
        spec.bins = 2;

        Histogram histogram = Histogram.of(source, spec);

        assertThat(histogram.counts()).containsExactly(1, 3);
        assertThat(histogram.notes()).containsExactly("4 results in 2 bins", "2 values not finite, left out");
    }

    @Test
    void should_count_each_value_once_when_logarithmic() {
        for (int low = 1; low <= 30; low++) {
            TestSource source = new TestSource("p");
            for (int value = low; value <= 10 * low; value++) {
                source.result(value / 7.0, 0, 1);
            }
            PlotSpec spec = spec("", "", "y");
            spec.logX = true;

            Histogram histogram = Histogram.of(source, spec);

            assertThat(Arrays.stream(histogram.counts()).sum())
                    .as("from %d / 7", low)
                    .isEqualTo(9L * low + 1);
        }
    }

    @Test
    void should_have_a_bar_for_each_number_when_values_are_whole() {
        TestSource source = new TestSource("p")
                .result(0, 0, 1)
                .result(1, 0, 1)
                .result(1, 0, 1)
                .result(3, 0, 1);

        Histogram histogram = Histogram.of(source, spec("", "", "y"));

        double width = histogram.borders()[1] - histogram.borders()[0];
        assertThat(histogram.borders()[0]).isEqualTo(-0.5);
        assertThat(width).isEqualTo(Math.rint(width));
        assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(4);
        assertThat(Histogram.of(new TestSource("p").result(5, 0, 1), spec("", "", "y"))
                        .counts())
                .containsExactly(1);
    }

    @Test
    void should_draw_the_same_sample_in_any_order_when_there_are_many_dots() {
        Random random = new Random(7);
        TestSource source = new TestSource("p");
        for (int i = 0; i < 25_000; i++) {
            source.result(random.nextDouble(), i, 1);
        }

        Dots dots = Dots.of(source, spec("y", "z", ""));

        assertThat(dots.x()).hasSize(Dots.MOST);
        assertThat(dots.y()).containsExactly(Dots.of(source, spec("y", "z", "")).y());
        assertThat(Arrays.stream(dots.y()).average().orElse(0)).isCloseTo(12_500, within(500.0));
        assertThat(dots.notes()).containsExactly("a sample of 10,000 of 25,000 results");
    }

    @Test
    void should_keep_the_lowest_ranks_when_sampled() {
        Sampled forth = new Sampled(100, 1);
        Sampled back = new Sampled(100, 1);
        for (int i = 0; i < 1000; i++) {
            forth.add(i * 7919 % 10_007, i);
            back.add((999 - i) * 7919 % 10_007, 999 - i);
        }
        assertThat(forth.values(0)).hasSize(100);
        assertThat(back.values(0)).containsExactlyInAnyOrder(forth.values(0));
    }

    @Test
    void should_mark_round_values_when_a_scale_is_labelled() {
        assertThat(Ticks.of(Scale.exactly(0.03, 0.97, false), 5))
                .extracting(Ticks.Tick::text)
                .containsExactly("0.2", "0.4", "0.6", "0.8");
        assertThat(Ticks.of(Scale.exactly(1e-9, 4e-9, false), 4))
                .extracting(Ticks.Tick::text)
                .containsExactly("1e-9", "2e-9", "3e-9", "4e-9");
        assertThat(Ticks.of(Scale.exactly(0.5, 2e4, true), 5))
                .extracting(Ticks.Tick::text)
                .containsExactly("1", "10", "100", "1000", "10000");
    }

    @Test
    void should_have_two_powers_of_ten_at_least_when_logarithmic() {
        Scale scale = Scale.between(2, 8, true);
        assertThat(scale.low()).isEqualTo(1);
        assertThat(scale.high()).isEqualTo(10);
    }

    @Test
    void should_grow_lighter_with_every_step_when_colours_follow_each_other() {
        double before = -1;
        for (int i = 0; i < Ramp.STEPS; i++) {
            double now = PlotFileTest.lightness(Ramp.at((i + 0.5) / Ramp.STEPS).getRGB());
            assertThat(now).as("step " + i).isGreaterThan(before);
            before = now - 0.002; // rounding to 8 bits
        }
    }
}
