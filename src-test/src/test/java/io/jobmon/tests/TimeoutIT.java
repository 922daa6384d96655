package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.tests.Moody.Mood;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Experiments that take too long. */
class TimeoutIT extends FaultCase {

    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @Test
    void should_fail_after_all_attempts_when_an_experiment_takes_too_long() {
        Sweep<Moody.Params, Moody.Outcome> sweep = jobmon.post(new Moody())
                .timeout(TIMEOUT)
                .attempts(2)
                .backoff(Duration.ofMillis(10))
                .sweep(ParamSpace.grid().axis("mood", Mood.ASLEEP, Mood.QUICK).axis("i", 1, 2, 3));
        try (Worker worker = jobmon.worker().job(new Moody()).slots(2).start()) {
            complete(sweep);
        }

        assertThat(sweep.progress().done()).isEqualTo(3);
        assertThat(sweep.failures().groups()).singleElement().satisfies(group -> {
            assertThat(group.count()).isEqualTo(3);
            assertThat(group.cause().type()).isEqualTo("java.util.concurrent.TimeoutException");
            assertThat(group.cause().message()).contains("300 ms");
        });
        try (var outcomes = sweep.stream()) {
            assertThat(outcomes.filter(outcome -> !outcome.succeeded()).map(Result::attempts))
                    .containsExactly(2, 2, 2);
        }
        assertThat(List.of(Executions.of(0), Executions.of(1), Executions.of(2)))
                .containsExactly(2, 2, 2);
        new Oracle(server).check(sweep);
    }

    @Test
    void should_go_on_in_a_new_thread_when_an_experiment_ignores_its_interrupt() {
        Sweep<Moody.Params, Moody.Outcome> sweep = jobmon.post(new Moody())
                .timeout(TIMEOUT)
                .attempts(1)
                .sweep(IntStream.rangeClosed(0, 50)
                        .mapToObj(i -> new Moody.Params(i == 0 ? Mood.STUBBORN : Mood.QUICK, i))
                        .toList());
        try (Worker worker = jobmon.worker().job(new Moody()).slots(1).start()) {
            complete(sweep);
        }

        assertThat(sweep.progress().done()).isEqualTo(50);
        assertThat(sweep.failures().groups())
                .singleElement()
                .satisfies(group -> assertThat(group.cause().message()).contains("stuck"));
        new Oracle(server).check(sweep);
    }

    @Test
    void should_end_with_code_75_when_half_of_the_slots_are_stuck() throws Exception {
        Sweep<Moody.Params, Moody.Outcome> sweep = jobmon.post(new Moody())
                .timeout(TIMEOUT)
                .attempts(1)
                .sweep(ParamSpace.grid().axis("mood", Mood.STUBBORN).axis("i", Axis.range(1, 10, 1)));
        Forks.Fork worker = forks.worker(server, 4);

        assertThat(worker.exitCode()).as(worker.output()).isEqualTo(75);

        assertThat(worker.output()).contains("Half of the slots");
        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "claims"))))
                .isZero();
        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "lost")))).isZero();
        assertThat(sweep.progress().dead()).isPositive();
    }
}
