package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.core.queue.Board;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueServer;
import io.jobmon.tests.Moody.Mood;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workers that stop in order: nothing they hold is lost, and nothing counts as a failure or a loss. */
class StopIT extends FaultCase {

    private static final Duration PROMPT = Duration.ofSeconds(30);

    private Sweep<Moody.Params, Moody.Outcome> sleepy() {
        return jobmon.post(new Moody())
                .attempts(1)
                .sweep(ParamSpace.grid().axis("mood", Mood.SLEEPY, Mood.QUICK).axis("i", Axis.range(0, 9, 1)));
    }

    private void runsSomething(Sweep<?, ?> sweep) {
        until().alias(forks.output()).until(() -> Executions.total() >= 2);
        assertThat((long) server.ask(redis -> redis.hlen(key(sweep, "claims")))).isPositive();
    }

    private void everythingWasGivenBack(Sweep<?, ?> sweep) {
        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "claims"), key(sweep, "leases"))))
                .as("claims")
                .isZero();
        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "att"), key(sweep, "lost"))))
                .as("attempts and losses")
                .isZero();
    }

    private void anotherCompletes(Sweep<?, ?> sweep) throws Exception {
        Moody.morning();
        Forks.Fork other = forks.worker(server, 2);
        complete(sweep);
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        new Oracle(server).check(sweep);
        other.signal("TERM");
        assertThat(other.exitCode()).isEqualTo(143);
    }

    @Test
    void should_give_back_what_runs_when_the_jvm_is_told_to_end() throws Exception {
        Sweep<?, ?> sweep = sleepy();
        Path file = Files.writeString(folder.resolve("redis.uri"), server.uri() + "\n");
        Forks.Fork worker = forks.start(
                EnvironmentWorkerMain.class,
                Map.of("JOBMON_REDIS_FILE", file.toString(), "JOBMON_SLOTS", "2", "JOBMON_NAMESPACE", "jobmon"));
        runsSomething(sweep);

        worker.signal("TERM");

        assertThat(worker.exitCode()).as(worker.output()).isEqualTo(143);
        everythingWasGivenBack(sweep);
        assertThat((long) server.ask(redis -> redis.zcard("jobmon:workers:hbs")))
                .isZero();
        anotherCompletes(sweep);
    }

    @Test
    void should_finish_what_ends_soon_when_the_jvm_is_told_to_end() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling())
                .sweep(ParamSpace.grid().axis("i", Axis.range(0, 9, 1)).axis("millis", 1000));
        Forks.Fork worker = forks.worker(server, 2);
        runsSomething(sweep);

        worker.signal("TERM");

        assertThat(worker.exitCode()).as(worker.output()).isEqualTo(143);
        everythingWasGivenBack(sweep);
        assertThat(sweep.progress().done()).isEqualTo(Executions.total());
    }

    @Test
    void should_stop_forked_and_embedded_workers_when_the_board_says_so() throws Exception {
        Sweep<?, ?> sweep = sleepy();
        Forks.Fork forked = forks.worker(server, 2);
        runsSomething(sweep);
        try (Worker embedded = jobmon.worker().job(new Moody()).slots(2).start();
                QueueServer there = QueueServer.at(server.uri(), "jobmon", HEARTBEAT.multipliedBy(4));
                Queue queue = there.lane(Duration.ofSeconds(5))) {
            until().until(() -> server.ask(redis -> redis.hvals(key(sweep, "claims"))).stream()
                    .anyMatch(claim -> claim.contains(embedded.id())));

            queue.board().stop(Board.ALL);

            assertThat(forked.exitCode()).as(forked.output()).isZero();
            until().until(() -> queue.board().alive(Duration.ofMinutes(1)).isEmpty());
        }
        everythingWasGivenBack(sweep);
        anotherCompletes(sweep);
    }

    @Test
    void should_close_soon_when_experiments_sleep_for_an_hour() throws Exception {
        Sweep<?, ?> sweep = sleepy();
        Worker worker = jobmon.worker().job(new Moody()).slots(3).start();
        until().until(() -> Executions.total() == 3);

        long begun = System.nanoTime();
        worker.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
        everythingWasGivenBack(sweep);
        anotherCompletes(sweep);
    }

    @Test
    void should_give_back_what_waits_when_a_worker_closes_amid_short_experiments() {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).sweep(samples(2000));
        for (int round = 0; round < 5; round++) {
            long before = sweep.progress().done();
            try (Worker worker = jobmon.worker().job(new Sampling()).slots(2).start()) {
                until().until(() -> sweep.progress().done() > before + 100);
            }
            everythingWasGivenBack(sweep);
            assertThat(sweep.progress().done()).isEqualTo(Executions.total());
        }
    }

    @Test
    void should_close_soon_when_experiments_ignore_their_interrupt() {
        Sweep<?, ?> sweep = jobmon.post(new Moody())
                .sweep(ParamSpace.grid().axis("mood", Mood.STUBBORN).axis("i", 1, 2));
        Worker worker = jobmon.worker().job(new Moody()).slots(2).start();
        until().until(() -> Executions.total() == 2);

        long begun = System.nanoTime();
        worker.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
        everythingWasGivenBack(sweep);
    }

    @Test
    void should_close_soon_when_a_local_jobmon_runs_for_an_hour() {
        JobMon local = JobMon.connect(JobMonOptions.local().slots(2));
        local.post(new Moody())
                .sweep(ParamSpace.grid().axis("mood", Mood.ASLEEP).axis("i", 1, 2, 3));
        until().until(() -> Executions.total() == 2);

        long begun = System.nanoTime();
        local.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
        assertThatThrownBy(() -> local.post(new Moody())).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_close_after_a_while_when_the_server_is_away() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).sweep(samples(2000));
        Worker worker = jobmon.worker().job(new Sampling()).slots(4).start();
        until().until(() -> sweep.progress().done() > 100);
        server.kill();

        long begun = System.nanoTime();
        worker.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(45));
        server.restart();
    }
}
