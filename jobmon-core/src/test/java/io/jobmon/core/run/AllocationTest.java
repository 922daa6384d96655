package io.jobmon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final Instant BEGIN = Instant.parse("2026-11-26T12:00:00Z");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private Instant now = BEGIN;

    private Allocation lasting(Duration time) {
        return Allocation.of(BEGIN, BEGIN.plus(time), () -> now);
    }

    @Test
    void should_keep_twenty_seconds_but_not_more_than_a_tenth() {
        assertThat(lasting(Duration.ofHours(4)).margin()).isEqualTo(Duration.ofSeconds(20));
        assertThat(lasting(Duration.ofMinutes(1)).margin()).isEqualTo(Duration.ofSeconds(6));
        assertThat(lasting(Duration.ofSeconds(-5)).margin()).isZero();
    }

    @Test
    void should_be_over_when_only_the_margin_is_left() {
        Allocation hour = lasting(Duration.ofHours(1));
        now = BEGIN.plusSeconds(3579);
        assertThat(hour.over()).isFalse();
        assertThat(hour.left()).isEqualTo(Duration.ofSeconds(21));
        now = BEGIN.plusSeconds(3580);
        assertThat(hour.over()).isTrue();
        now = BEGIN.plusSeconds(7200);
        assertThat(hour.over()).isTrue();
        assertThat(hour.left()).isZero();
    }

    @Test
    void should_fit_what_ends_before_the_margin_even_if_it_takes_a_tenth_longer() {
        Allocation hour = lasting(Duration.ofHours(1));
        now = BEGIN.plus(Duration.ofHours(1)).minusSeconds(20).minusSeconds(11 * 60);
        assertThat(hour.fitting(10 * MINUTE)).isOne();
        assertThat(hour.fitting(5 * MINUTE)).isEqualTo(2);
        now = now.plusSeconds(1);
        assertThat(hour.fitting(10 * MINUTE)).isZero();
        assertThat(hour.fitting(5 * MINUTE)).isOne();
    }

    @Test
    void should_try_what_is_unknown_as_long_as_there_is_time() {
        Allocation hour = lasting(Duration.ofHours(1));
        now = BEGIN.plusSeconds(3579);
        assertThat(hour.fitting(0)).isPositive();
        now = BEGIN.plusSeconds(3580);
        assertThat(hour.fitting(0)).isZero();
    }

    @Test
    void should_never_be_over_when_no_end_is_known() {
        assertThat(Allocation.ENDLESS.over()).isFalse();
        assertThat(Allocation.ENDLESS.fitting(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Allocation.ENDLESS.left()).isGreaterThan(Duration.ofDays(36_500));
    }
}
