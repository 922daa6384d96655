package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jobmon.examples.FluReport.Fit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FluFitTest {

    private static final List<Fit> GRID = grid();

    /** The grid of FluSweep in a plain loop, the best first. */
    private static List<Fit> grid() {
        List<Fit> fits = new ArrayList<>();
        for (int b = 0; b <= 120; b++) {
            for (int g = 0; g <= 120; g++) {
                fits.add(fit(1.40 + 0.005 * b, 0.30 + 0.0025 * g));
            }
        }
        fits.sort(Comparator.comparingDouble(Fit::misfit));
        return fits;
    }

    private static Fit fit(double beta, double gamma) {
        FluFit.Params params = new FluFit.Params(beta, gamma);
        return new Fit(params, new FluFit().run(params, Experiments.seeded(0)));
    }

    @Test
    void should_give_the_misfit_of_another_integrator_when_run() {
        // by a classical Runge-Kutta integration (order 4, 20 steps a day) in another language
        FluFit.Outcome outcome = fit(1.70, 0.4475).outcome();

        assertThat(outcome.misfit()).isCloseTo(3874.947, within(0.01));
        assertThat(outcome.peak()).isCloseTo(289.5557, within(0.001));
    }

    @Test
    void should_find_the_least_squares_optimum_when_the_grid_is_searched() {
        Fit best = GRID.get(0);

        // the same search without a grid ends at 1.6998 and 0.4469; the grid's steps are 0.005 and 0.0025
        assertThat(best.beta()).isCloseTo(1.6998, within(0.005));
        assertThat(best.gamma()).isCloseTo(0.4469, within(0.0025));
    }

    @Test
    void should_agree_with_published_fits_when_the_grid_is_searched() {
        Fit best = GRID.get(0);

        // Published fits differ in their tables of the counts and in how they start, which moves beta by some
        // hundredths.
        assertThat(best.beta()).isCloseTo(1.66, within(0.05));
        assertThat(best.gamma()).isCloseTo(0.45, within(0.01));
        assertThat(best.r0()).isCloseTo(3.7, within(0.15));
    }

    @Test
    void should_hold_the_published_values_inside_the_grid_when_ranges_are_taken() {
        FluReport report = new FluReport(GRID);

        assertThat(report.range(Fit::beta).getMin()).isBetween(1.45, 1.66);
        assertThat(report.range(Fit::beta).getMax()).isBetween(1.72, 1.95);
        assertThat(report.range(Fit::gamma).getMin()).isBetween(0.35, 0.44);
        assertThat(report.range(Fit::gamma).getMax()).isBetween(0.45, 0.55);
        assertThat(report.toString())
                .contains("14,641 SIR models", "best fit", "next best", "inside the 95 % ranges")
                .contains("  5     298");
    }

    @Test
    void should_widen_no_range_beyond_likely_models_when_one_is_far_off() {
        Fit best = GRID.get(0);
        Fit likely = withMisfit(1.9, 1.44 * best.misfit());
        Fit unlikely = withMisfit(1.95, 1.45 * best.misfit());

        // t at 97.5 % with 11 degrees of freedom is 2.201: 1 + 2.201^2 / 11 = 1.4404
        FluReport report = new FluReport(List.of(best, likely, unlikely));

        assertThat(report.range(Fit::beta).getMax()).isEqualTo(1.9);
    }

    private static Fit withMisfit(double beta, double misfit) {
        return new Fit(new FluFit.Params(beta, 0.45), new FluFit.Outcome(misfit, 300, 740));
    }
}
