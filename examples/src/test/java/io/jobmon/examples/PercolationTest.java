package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercolationTest {

    private static Percolation.Outcome run(double p, int n, long seed) {
        return new Percolation().run(new Percolation.Params(p, n), Experiments.seeded(seed));
    }

    @Test
    void should_be_empty_or_full_when_p_is_zero_or_one() {
        assertThat(run(0, 16, 1)).isEqualTo(new Percolation.Outcome(false, 0));
        assertThat(run(1, 16, 1)).isEqualTo(new Percolation.Outcome(true, 1));
    }

    @Test
    void should_give_the_same_when_the_random_numbers_are_the_same() {
        assertThat(run(0.59, 64, 5)).isEqualTo(run(0.59, 64, 5)).isNotEqualTo(run(0.59, 64, 6));
    }

    @Test
    void should_span_above_the_threshold_and_not_below_when_the_lattice_is_large() {
        int below = 0;
        int above = 0;
        for (int seed = 0; seed < 50; seed++) {
            below += run(0.54, 128, seed).spans() ? 1 : 0;
            above += run(0.65, 128, seed).spans() ? 1 : 0;
        }

        // the curve of n = 128 rises from 0.03 to 0.97 within 0.03 of the threshold 0.5927
        assertThat(below).isLessThanOrEqualTo(2);
        assertThat(above).isGreaterThanOrEqualTo(48);
    }
}
