package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.WorkerStatus;
import io.jobmon.tests.Moody.Mood;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workers that are lost, and workers that are no good. */
class LostWorkersIT extends FaultCase {

    @Override
    JobMonOptions options() {
        return super.options().failWithoutWorkers(Duration.ofSeconds(2));
    }

    private Forks.Fork busyWorker(Sweep<?, ?> sweep) throws Exception {
        Forks.Fork worker = forks.worker(server, 1);
        awaitClaim(sweep, worker);
        return worker;
    }

    @Test
    void should_give_up_waiting_when_the_only_worker_died_with_a_claim() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Moody())
                .sweep(ParamSpace.grid().axis("mood", Mood.ASLEEP).axis("i", 1));
        busyWorker(sweep).kill();

        assertThatThrownBy(sweep::await)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Nobody can run the sweep");
    }

    @Test
    void should_clean_when_a_worker_died_with_a_claim_of_a_cancelled_sweep() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Moody())
                .sweep(ParamSpace.grid().axis("mood", Mood.ASLEEP).axis("i", 1));
        Forks.Fork worker = busyWorker(sweep);
        assertThatThrownBy(() -> jobmon.clean(sweep.jobHash())).hasMessageContaining("Workers are running");
        worker.signal("STOP");
        sweep.cancel();
        worker.kill();
        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "claims"))))
                .isOne();

        until().ignoreException(JobMonException.class).until(() -> {
            jobmon.clean(sweep.jobHash());
            return true;
        });

        assertThat((long) server.ask(redis -> redis.exists(key(sweep, "claims"), key(sweep, "meta"))))
                .isZero();
    }

    private Sweep<?, ?> completeWithoutFailures() {
        Sweep<?, ?> sweep = jobmon.post(new Moody())
                .backoff(Duration.ofMillis(20))
                .sweep(ParamSpace.grid().axis("mood", Mood.FRAIL).axis("i", Axis.range(1, 600, 1)));

        complete(sweep);

        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        return sweep;
    }

    @Test
    void should_leave_the_work_to_others_when_everything_fails_on_one_host() throws Exception {
        Forks.Fork broken = forks.brokenWorker(server, 2, HEARTBEAT);
        forks.worker(server, 2);
        awaitWorkers(2);

        Sweep<?, ?> sweep = completeWithoutFailures();

        assertThat(broken.output()).contains("this worker takes no more of them");
        new Oracle(server).check(sweep);
        until().until(() -> !with("resting", 500).isEmpty());
        assertThat(with("resting", 500))
                .singleElement()
                .satisfies(status -> assertThat(status.pid()).isEqualTo(broken.pid()));
        assertThat(with("working", 500))
                .singleElement()
                .satisfies(working -> assertThat(working.history())
                        .as("it has worked since before the other rested")
                        .isGreaterThan(with("resting", 500).get(0).history().minus(HEARTBEAT)));
    }

    /** Workers that have had a status for so long. */
    private List<WorkerStatus> with(String status, long millis) {
        return jobmon.net().stream()
                .filter(worker ->
                        worker.status().equals(status) && worker.history().toMillis() >= millis)
                .toList();
    }

    @Test
    void should_leave_retries_to_a_worker_that_came_since_the_last_heartbeat() throws Exception {
        forks.brokenWorker(server, 2, Duration.ofSeconds(10));
        awaitWorkers(1);
        forks.worker(server, 2);
        awaitWorkers(2);

        completeWithoutFailures();
    }

    @Test
    void should_spread_long_experiments_when_they_come_after_many_short_ones() {
        Moody.together().clear();
        Sweep<?, ?> sweep = jobmon.post(new Moody())
                .sweep(IntStream.range(0, 512)
                        .mapToObj(i -> new Moody.Params(i < 500 ? Mood.QUICK : Mood.NAPPING, i))
                        .toList());
        try (Worker worker = jobmon.worker().job(new Moody()).slots(5).start()) {
            complete(sweep);
        }

        assertThat(Moody.together()).contains(4);
    }
}
