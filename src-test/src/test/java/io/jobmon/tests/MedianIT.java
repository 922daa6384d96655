package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Failures;
import io.jobmon.Job;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Experiments that take many times longer than others. */
class MedianIT extends FaultCase {

    private static final int SLEEPER = 9000;
    private static final int STUBBORN = 15_000;

    /** Takes no time, but for one that sleeps and one that ignores its interrupt as well. */
    static final class Tiny implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer value, Experiment experiment) throws InterruptedException {
            if (value == SLEEPER) {
                TimeUnit.HOURS.sleep(1);
            }
            while (value == STUBBORN) {
                try {
                    TimeUnit.HOURS.sleep(1);
                } catch (InterruptedException e) {
                    continue;
                }
            }
            return 2 * value;
        }
    }

    @Test
    void should_time_out_what_takes_many_times_the_median_and_store_the_rest_in_blocks() {
        Sweep<Integer, Integer> sweep =
                jobmon.post(new Tiny()).timeoutTimesMedian(10).attempts(1).sweep("value", Axis.range(0, 29_999, 1));
        try (Worker worker = jobmon.worker().job(new Tiny()).slots(2).start()) {
            complete(sweep);
        }

        assertThat(sweep.progress().done()).isEqualTo(29_998);
        assertThat(sweep.failures())
                .extracting(Failures.Group::examples)
                .containsExactlyInAnyOrder(List.of((long) SLEEPER), List.of((long) STUBBORN));
        assertThat(sweep.failures()).allSatisfy(group -> {
            assertThat(group.cause().type()).isEqualTo("java.util.concurrent.TimeoutException");
            assertThat(group.cause().message())
                    .startsWith(
                            "took longer than its time limit of 1 s, the shortest with timeoutTimesMedian(10): the median")
                    .contains(" of the last ");
        });
        List<String> sealed = server.ask(redis -> redis.keys("*:b:*"));
        assertThat(sealed).hasSizeGreaterThan(100);
    }

    @Test
    void should_take_the_median_of_what_is_stored_when_a_worker_comes_later() {
        Sweep<Integer, Integer> sweep =
                jobmon.post(new Tiny()).attempts(1).sweep("value", Axis.range(8950, SLEEPER, 1));
        try (Worker first = jobmon.worker().job(new Tiny()).slots(2).start()) {
            until().until(() -> sweep.progress().done() == 50);
            jobmon.post(new Tiny()).attempts(1).timeoutTimesMedian(3).sweep("value", Axis.range(8950, SLEEPER, 1));
        }
        try (Worker second = jobmon.worker().job(new Tiny()).slots(2).start()) {
            complete(sweep);
        }
        assertThat(sweep.failures().groups()).singleElement().satisfies(group -> {
            assertThat(group.examples()).containsExactly(50L);
            assertThat(group.cause().message()).contains("of the last 50 experiments");
        });
    }

    @Test
    void should_take_the_shorter_of_both_limits() {
        Sweep<Integer, Integer> sweep = jobmon.post(new Tiny())
                .timeout(Duration.ofMillis(300))
                .timeoutTimesMedian(10)
                .attempts(1)
                .sweep("value", Axis.range(8900, 9100, 1));
        try (Worker worker = jobmon.worker().job(new Tiny()).slots(2).start()) {
            complete(sweep);
        }
        assertThat(sweep.failures().groups().get(0).cause().message())
                .isEqualTo("took longer than its timeout of 300 ms");
    }
}
