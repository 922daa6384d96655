package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.Failures;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.Worker;
import io.jobmon.tests.Moody.Mood;
import io.jobmon.tests.Moody.Outcome;
import io.jobmon.tests.Moody.Params;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of experiments that fail, and of sweeps that are told what to do. */
class RetryIT extends FaultCase {

    private Posting<Params, Outcome> moody() {
        return jobmon.post(new Moody()).backoff(Duration.ofMillis(10));
    }

    private static ParamSpace mood(Mood mood, int number) {
        return ParamSpace.grid().axis("mood", mood).axis("i", Axis.range(0, number - 1, 1));
    }

    private Worker worker(int slots, String... tags) {
        return jobmon.worker().job(new Moody()).slots(slots).tags(tags).start();
    }

    @Test
    void should_try_again_when_experiments_fail_at_first() {
        Sweep<Params, Outcome> sweep = moody().attempts(3).sweep(mood(Mood.CLUMSY, 3));
        try (Worker worker = worker(2)) {
            complete(sweep);
        }

        assertThat(sweep.results().stream().map(result -> result.value().attempt()))
                .containsExactly(1, 2, 3);
        assertThat(sweep.results().stream().map(Result::attempts)).containsExactly(1, 2, 3);
        assertThat(Executions.total()).isEqualTo(1 + 2 + 3);
        new Oracle(server).check(sweep);
    }

    @Test
    void should_group_dead_letters_and_revive_them_when_attempts_are_used_up() {
        Moody.heal(false);
        Sweep<Params, Outcome> sweep = moody().attempts(2).sweep(mood(Mood.SICK, 30));
        try (Worker worker = worker(4)) {
            complete(sweep);
            Failures failures = sweep.failures();
            assertThat(failures.total()).isEqualTo(30);
            assertThat(failures.groups())
                    .as(failures.toString())
                    .extracting(Failures.Group::count)
                    .containsExactly(15L, 15L);
            assertThat(failures.groups())
                    .extracting(group -> group.cause().type())
                    .containsExactlyInAnyOrder(
                            "java.lang.IllegalStateException", "java.lang.IndexOutOfBoundsException");
            assertThat(Executions.total()).isEqualTo(60);
            new Oracle(server).check(sweep);

            Moody.heal(true);
            assertThat(sweep.retryFailed()).isEqualTo(30);
            sweep.await();
        }

        assertThat(sweep.failures().total()).isZero();
        assertThat(sweep.results().stream().map(result -> result.value().attempt()))
                .hasSize(30)
                .containsOnly(1);
        new Oracle(server).check(sweep);
    }

    @Test
    void should_go_on_from_the_last_state_when_an_attempt_stored_one() {
        Sweep<Params, Outcome> sweep = moody().sweep(mood(Mood.CAREFUL, 5));
        try (Worker worker = worker(2)) {
            complete(sweep);
        }

        assertThat(sweep.results().stream().map(result -> result.value().state()))
                .hasSize(5)
                .containsOnly(3);
        new Oracle(server).check(sweep);
    }

    @Test
    void should_go_on_from_the_last_state_when_a_worker_that_stored_one_was_killed() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Counting()).run(new Counting.Params(40));
        Forks.Fork first = forks.worker(server, 1);
        until().alias(first.output()).until(() -> server.ask(redis -> redis.exists(key(sweep, "ckpt"))) == 1);
        until().until(() -> Integer.parseInt(server.ask(redis -> redis.hget(key(sweep, "ckpt"), "0"))) >= 10);
        first.kill();
        forks.worker(server, 1);

        complete(sweep);

        assertThat((int) sweep.results().stream().findFirst().orElseThrow().value())
                .as("steps of the last execution")
                .isBetween(1, 30);
        new Oracle(server).check(sweep);
    }

    @Test
    void should_interrupt_and_give_back_when_a_sweep_is_cancelled_and_go_on_when_it_is_posted_again() throws Exception {
        Sweep<Params, Outcome> sweep = moody().attempts(1).sweep(mood(Mood.SLEEPY, 6));
        try (Worker worker = worker(2)) {
            until().until(() -> Executions.total() == 2);

            sweep.cancel();

            assertThatThrownBy(sweep::await).isInstanceOf(JobMonException.class).hasMessageContaining("was cancelled");
            until().until(() -> server.ask(redis -> redis.exists(key(sweep, "claims"))) == 0);
            assertThat((long) server.ask(redis -> redis.exists(key(sweep, "att"), key(sweep, "lost"))))
                    .isZero();
            assertThat(Executions.total()).isEqualTo(2);

            Moody.morning();
            Sweep<Params, Outcome> again = moody().attempts(1).sweep(mood(Mood.SLEEPY, 6));
            again.await();
            assertThat(again.id()).isEqualTo(sweep.id());
        }
        assertThat(sweep.progress().done()).isEqualTo(6);
        new Oracle(server).check(sweep);
    }

    @Test
    void should_go_on_when_a_sweep_is_cancelled_and_posted_again_at_once() throws Exception {
        Moody.morning();
        for (int round = 0; round < 5; round++) {
            int number = 300 + round;
            Sweep<Params, Outcome> sweep = moody().sweep(mood(Mood.QUICK, number));
            try (Worker worker = worker(2)) {
                until().until(() -> sweep.progress().done() > 0);
                sweep.cancel();
                moody().sweep(mood(Mood.QUICK, number));
                complete(sweep);
            }
        }
    }

    @Test
    void should_run_only_where_the_tags_are_when_a_sweep_requires_some() {
        Sweep<Params, Outcome> sweep = moody().requires("gpu").sweep(mood(Mood.QUICK, 10));
        Sweep<Params, Outcome> any = moody().sweep(mood(Mood.QUICK, 11));
        try (Worker plain = worker(1, "fast")) {
            complete(any);
            assertThat(sweep.progress().done()).isZero();
            try (Worker tagged = worker(1, "fast", "gpu")) {
                complete(sweep);
                assertThat(sweep.results().stream().map(Result::worker)).containsOnly(tagged.id());
            }
        }
    }

    @Test
    void should_run_the_sweep_of_higher_priority_first_when_there_are_two() {
        Moody.order().clear();
        Sweep<Params, Outcome> low = moody().sweep(List.of(new Params(Mood.QUICK, 1), new Params(Mood.QUICK, 2)));
        Sweep<Params, Outcome> high =
                moody().priority(5).sweep(List.of(new Params(Mood.QUICK, 3), new Params(Mood.QUICK, 4)));
        Sweep<Params, Outcome> lowest =
                moody().priority(-5).sweep(List.of(new Params(Mood.QUICK, 5), new Params(Mood.QUICK, 6)));
        try (Worker worker = worker(1)) {
            Stream.of(low, high, lowest).forEach(this::complete);
        }

        assertThat(Moody.order()).containsExactly(3, 4, 1, 2, 5, 6);
    }

    @Test
    void should_not_run_when_an_input_is_not_the_posters() throws Exception {
        Path input = Files.writeString(folder.resolve("input.txt"), "the poster's");
        Sweep<Params, Outcome> sweep = moody().input(input).sweep(mood(Mood.QUICK, 5));
        Files.writeString(input, "another");
        Sweep<Params, Outcome> other = moody().sweep(mood(Mood.QUICK, 6));
        try (Worker worker = worker(1)) {
            complete(other);
            assertThat(sweep.progress().done()).isZero();
        }
        Files.writeString(input, "the poster's");
        try (Worker worker = worker(1)) {
            complete(sweep);
        }
    }

    @Test
    void should_pause_when_the_first_thousand_outcomes_are_failures() {
        Moody.heal(false);
        Sweep<Params, Outcome> sweep = moody().attempts(1).sweep(mood(Mood.SICK, 20_000));
        try (Worker worker = worker(2)) {
            assertThatThrownBy(sweep::await)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("is paused")
                    .hasMessageContaining("all failures");
            assertThat(sweep.progress().state()).isEqualTo(SweepState.PAUSED);
            assertThat(sweep.progress().dead()).isBetween(1000L, 19_999L);

            Sweep<Params, Outcome> again = moody().attempts(1).keepGoing().sweep(mood(Mood.SICK, 20_000));
            again.await();
            assertThat(again.failures().total()).isEqualTo(20_000);

            Moody.heal(true);
            sweep.retryFailed();
            sweep.await();
        }
        assertThat(sweep.failures().total()).isZero();
        new Oracle(server).check(sweep);
    }

    @Test
    void should_open_a_paused_sweep_when_its_failures_are_tried_again() {
        Moody.heal(false);
        Sweep<Params, Outcome> sweep = moody().attempts(1).sweep(mood(Mood.SICK, 20_000));
        try (Worker worker = worker(2)) {
            assertThatThrownBy(sweep::await).hasMessageContaining("is paused");
            until().until(() -> server.ask(redis -> redis.exists(key(sweep, "claims"))) == 0);
            Moody.heal(true);
            sweep.retryFailed();
            sweep.await();
        }
        assertThat(sweep.progress().done()).isEqualTo(20_000);
        new Oracle(server).check(sweep);
    }
}
