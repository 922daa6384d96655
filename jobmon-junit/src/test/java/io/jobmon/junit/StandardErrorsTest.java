package io.jobmon.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardErrorsTest {

    @Test
    void should_know_the_error_of_a_normal_distribution() {
        assertThat(StandardErrors.of(3).errorRate()).isCloseTo(0.0026998, within(1e-7));
        assertThat(StandardErrors.of(1.959964).errorRate()).isCloseTo(0.05, within(1e-7));
        assertThat(StandardErrors.of(3)).hasToString("3 standard errors (0.27 %)");
    }

    /** Quantiles of Student's t, from tables: 97.5 % at 1, 4 and 30 degrees of freedom. */
    @Test
    void should_allow_more_when_replicates_are_few() {
        StandardErrors five = StandardErrors.of(1.959964);
        assertThat(five.limit(2)).isCloseTo(12.706, within(1e-3));
        assertThat(five.limit(5)).isCloseTo(2.776, within(1e-3));
        assertThat(five.limit(31)).isCloseTo(2.042, within(1e-3));
        assertThat(StandardErrors.of(3).limit(1_000_000)).isCloseTo(3, within(1e-4));
    }

    /** By the formula; {@link ErrorRatesTest} runs suites. */
    @Test
    void should_share_an_error_among_a_suite() {
        StandardErrors each = StandardErrors.forSuite(0.01, 1000);
        assertThat(1 - Math.pow(1 - each.errorRate(), 1000)).isCloseTo(0.01, within(1e-6));
        assertThat(StandardErrors.forSuite(0.0026998, 1).errorRate()).isCloseTo(0.0026998, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 20})
    void should_err_as_often_as_it_says_at_any_number_of_replicates(int replicates) {
        StandardErrors two = StandardErrors.of(2);
        double limit = two.limit(replicates);
        Random random = new Random(42 + replicates);
        int trials = 40_000;
        int wrong = 0;
        for (int trial = 0; trial < trials; trial++) {
            double sum = 0;
            double squares = 0;
            for (int k = 0; k < replicates; k++) {
                double x = random.nextGaussian();
                sum += x;
                squares += x * x;
            }
            double mean = sum / replicates;
            double variance = (squares - sum * mean) / (replicates - 1);
            wrong += Math.abs(mean) > limit * Math.sqrt(variance / replicates) ? 1 : 0;
        }
        double expected = trials * two.errorRate();
        assertThat((double) wrong).isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }

    @Test
    void should_refuse_what_makes_no_sense() {
        for (double bad : new double[] {0, -1, 8.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> StandardErrors.of(bad)).hasMessageContaining("above 0");
        }
        assertThatThrownBy(() -> StandardErrors.forSuite(0, 3)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> StandardErrors.forSuite(0.1, 0)).hasMessageContaining("at least 1");
    }
}
