package io.jobmon.core.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The clocks of a worker: grace, idleness, rate. */
class LaunchPartsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Near the end of its range, as System.nanoTime() may be. */
    private long now = Long.MAX_VALUE - 5 * SECOND;

    @Test
    void should_give_no_grace_when_nobody_gave_any() {
        assertThat(new Grace(() -> now).left()).isZero();
    }

    @Test
    void should_only_get_shorter_when_several_give_grace() {
        Grace grace = new Grace(() -> now);
        grace.atMost(Duration.ofSeconds(60));
        now += 10 * SECOND;
        grace.atMost(Duration.ofSeconds(60));
        assertThat(grace.left()).isEqualTo(Duration.ofSeconds(50));
        grace.atMost(Duration.ofSeconds(2));
        assertThat(grace.left()).isEqualTo(Duration.ofSeconds(2));
        now += 3 * SECOND;
        assertThat(grace.left()).isZero();
    }

    @Test
    void should_bear_any_grace() {
        Grace grace = new Grace(() -> now);
        grace.atMost(Duration.ofMillis(Long.MAX_VALUE));
        assertThat(grace.left()).isGreaterThan(Duration.ofDays(30_000));
        grace.atMost(Duration.ZERO);
        assertThat(grace.left()).isZero();
    }

    @Test
    void should_be_idle_when_nothing_has_run_for_so_long() {
        Idleness idleness = new Idleness(Optional.of(Duration.ofSeconds(60)), () -> now);
        now += 59 * SECOND;
        assertThat(idleness.over(false, 0)).isFalse();
        assertThat(idleness.over(true, 0)).isFalse();
        now += 59 * SECOND;
        assertThat(idleness.over(false, 0)).isFalse();
        now += SECOND;
        assertThat(idleness.over(false, 0)).isTrue();
    }

    @Test
    void should_not_be_idle_when_experiments_end_between_two_looks() {
        Idleness idleness = new Idleness(Optional.of(Duration.ofSeconds(60)), () -> now);
        for (int ended = 1; ended < 5; ended++) {
            now += 100 * SECOND;
            assertThat(idleness.over(false, ended)).isFalse();
        }
        now += 60 * SECOND;
        assertThat(idleness.over(false, 4)).isTrue();
    }

    @Test
    void should_never_be_idle_when_it_has_no_limit() {
        Idleness idleness = new Idleness(Optional.empty(), () -> now);
        now += 1_000_000_000 * SECOND;
        assertThat(idleness.over(false, 0)).isFalse();
    }

    @Test
    void should_tell_the_rate_of_the_last_minute_when_much_ends() {
        Rate rate = new Rate(() -> now, 0);
        assertThat(rate.of(0)).isZero();
        double told = 0;
        for (int beat = 1; beat <= 100; beat++) {
            now += 3 * SECOND;
            told = rate.of(beat <= 50 ? 30L * beat : 1500 + 300L * (beat - 50));
        }
        assertThat(told).isEqualTo(100);
        for (int beat = 0; beat < 20; beat++) {
            now += 3 * SECOND;
            told = rate.of(16_500);
        }
        assertThat(told).as("of the last ten minutes").isEqualTo(16_500 / 360.0);
    }

    @Test
    void should_tell_the_rate_of_ten_minutes_when_experiments_are_long() {
        Rate rate = new Rate(() -> now, 0);
        double told = 0;
        for (int beat = 1; beat <= 1000; beat++) {
            now += 3 * SECOND;
            told = rate.of(beat / 100);
        }
        assertThat(told).isBetween(1 / 400.0, 1 / 250.0);
    }
}
