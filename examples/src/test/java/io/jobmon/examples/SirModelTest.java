package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SirModelTest {

    private static final SirModel.State START = new SirModel.State(760, 3, 0);

    @Test
    void should_keep_everybody_and_only_lose_susceptibles_when_time_passes() {
        SirModel.State[] days = new SirModel(1.66, 0.45).days(START, 60);

        assertThat(days).hasSize(61).startsWith(START);
        for (int day = 1; day < days.length; day++) {
            assertThat(days[day].population()).isCloseTo(763, within(1e-6));
            assertThat(days[day].susceptible()).isLessThan(days[day - 1].susceptible());
            assertThat(days[day].recovered()).isGreaterThan(days[day - 1].recovered());
        }
    }

    @Test
    void should_keep_the_invariant_of_the_equations_when_integrated() {
        SirModel model = new SirModel(1.7, 0.4);

        // dI/dS = N / (R0 S) - 1, so I + S - N / R0 * ln S stays what it was
        double before = invariant(model, START);
        for (SirModel.State day : model.days(START, 13)) {
            assertThat(invariant(model, day)).isCloseTo(before, within(1e-4));
        }
    }

    private static double invariant(SirModel model, SirModel.State day) {
        return day.infected() + day.susceptible() - day.population() / model.r0() * Math.log(day.susceptible());
    }

    @Test
    void should_satisfy_the_final_size_equation_when_the_epidemic_is_over() {
        SirModel model = new SirModel(1.66, 0.45);
        SirModel.State[] days = model.days(START, 200);
        SirModel.State end = days[200];

        // Kermack and McKendrick 1927: ln(S0 / S) = R0 * (N - S) / N
        assertThat(end.infected()).isLessThan(1e-6);
        assertThat(Math.log(START.susceptible() / end.susceptible()))
                .isCloseTo(model.r0() * (763 - end.susceptible()) / 763, within(1e-6));
        assertThat(end.recovered()).isBetween(740.0, 749.0);
    }

    @Test
    void should_grow_logistically_when_nobody_recovers() {
        SirModel.State[] days = new SirModel(0.8, 0).days(START, 12);

        for (int day = 0; day < days.length; day++) {
            double logistic = 763 / (1 + (763 / 3.0 - 1) * Math.exp(-0.8 * day));
            assertThat(days[day].infected()).isCloseTo(logistic, within(1e-4));
        }
    }

    @Test
    void should_decay_exponentially_when_nobody_infects() {
        SirModel.State[] days = new SirModel(0, 0.5).days(new SirModel.State(0, 100, 0), 10);

        for (int day = 0; day < days.length; day++) {
            assertThat(days[day].infected()).isCloseTo(100 * Math.exp(-0.5 * day), within(1e-5));
        }
    }

    @Test
    void should_die_out_at_once_when_r0_is_below_one() {
        SirModel.State[] days = new SirModel(0.3, 0.5).days(START, 30);

        for (int day = 1; day < days.length; day++) {
            assertThat(days[day].infected()).isLessThan(days[day - 1].infected());
        }
    }
}
