package io.jobmon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WallTimesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static WallTimes times(int n, long nanos) {
        WallTimes times = new WallTimes();
        for (int i = 0; i < n; i++) {
            times.add(nanos);
        }
        return times;
    }

    @Test
    void should_set_no_limit_when_fewer_than_twenty_have_finished() {
        WallTimes times = times(19, SECOND);
        assertThat(times.limit(3)).isEqualTo(TimeLimit.NONE);
        assertThat(times.few()).isTrue();

        times.add(SECOND);
        assertThat(times.limit(3).nanos()).isEqualTo(3 * SECOND);
        assertThat(times.few()).isFalse();
    }

    @Test
    void should_take_the_middle_of_the_last_hundred_and_one() {
        WallTimes times = times(200, 50 * SECOND);
        for (int i = 1; i <= WallTimes.KEPT; i++) {
            times.add(i * SECOND);
        }
        assertThat(times.limit(2).nanos()).isEqualTo(2 * 51 * SECOND);
        times.add(1000 * SECOND);
        assertThat(times.limit(2).nanos()).isEqualTo(2 * 52 * SECOND);
    }

    @Test
    void should_know_the_longest_of_those_that_are_remembered() {
        WallTimes times = new WallTimes();
        assertThat(times.longest()).isZero();
        times.add(9 * SECOND);
        times.add(7 * SECOND);
        for (int i = 0; i < WallTimes.KEPT - 2; i++) {
            times.add(SECOND);
        }
        assertThat(times.longest()).isEqualTo(9 * SECOND);
        times.add(SECOND);
        assertThat(times.longest()).isEqualTo(7 * SECOND);
        times.add(8 * SECOND);
        assertThat(times.longest()).isEqualTo(8 * SECOND);
    }

    @Test
    void should_follow_the_factor_when_another_post_changes_it() {
        WallTimes times = times(20, 2 * SECOND);
        assertThat(times.limit(2).nanos()).isEqualTo(4 * SECOND);
        assertThat(times.limit(1.5).nanos()).isEqualTo(3 * SECOND);
    }

    @Test
    void should_not_go_below_a_second_when_experiments_are_short() {
        TimeLimit limit = times(30, 12_000).limit(10);
        assertThat(limit.nanos()).isEqualTo(SECOND);
        assertThat(limit.text()).contains("1 s, the shortest", "timeoutTimesMedian(10)", "30 experiments", "12 us");
    }

    @Test
    void should_be_no_limit_when_the_product_is_beyond_all_times() {
        assertThat(times(20, Long.MAX_VALUE / 2).limit(1e9).nanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void should_take_the_shorter_of_two_limits() {
        TimeLimit limit = new TimeLimit(5, "");
        assertThat(TimeLimit.shorter(limit, TimeLimit.NONE)).isSameAs(limit);
        assertThat(TimeLimit.shorter(TimeLimit.NONE, limit)).isSameAs(limit);
    }

    @Test
    void should_show_times_for_people() {
        assertThat(TimeLimit.show(3 * SECOND)).isEqualTo("3 s");
        assertThat(TimeLimit.show(12_345_678_901L)).isEqualTo("12 s");
        assertThat(TimeLimit.show(1_500_000_000)).isEqualTo("1500 ms");
        assertThat(TimeLimit.show(12_345)).isEqualTo("12 us");
    }
}
