package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Failure;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a sweep is run: pauses, time limits, priorities, tags, inputs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PolicyTest {

    private static final Queue<Integer> RUNS = new ConcurrentLinkedQueue<>();

    private static volatile boolean failing;

    private OwnRedis server;
    private JobMon jobmon;

    record Params(String what, int x) {}

    static final class Noting implements Job<Params, Integer> {
        @Override
        public Integer run(Params params, Experiment experiment) throws InterruptedException {
            RUNS.add(params.x());
            if (params.what().equals("fail") && failing) {
                throw new IllegalStateException("boom");
            }
            if (params.what().equals("sleep")) {
                new CountDownLatch(1).await();
            }
            return params.x();
        }
    }

    @BeforeEach
    void open() {
        server = OwnRedis.start();
        jobmon = JobMon.connect(server.uri());
        RUNS.clear();
        failing = true;
    }

    @AfterEach
    void close() {
        jobmon.close();
        server.close();
    }

    private Worker worker(int slots, String... tags) {
        return jobmon.worker().job(new Noting()).slots(slots).tags(tags).start();
    }

    private static ParamSpace space(String what, int n) {
        return ParamSpace.grid().axis("what", what).axis("x", Axis.range(1, n, 1));
    }

    @Test
    void should_pause_when_the_first_thousand_outcomes_are_failures() {
        Sweep<Params, Integer> sweep = jobmon.post(new Noting()).attempts(1).sweep(space("fail", 50_000));
        try (Worker worker = worker(2)) {
            assertThatThrownBy(sweep::await)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("paused")
                    .hasMessageContaining("boom")
                    .hasMessageContaining("keepGoing()");
            assertThat(sweep.progress().state()).isEqualTo(SweepState.PAUSED);
            assertThat(sweep.progress().dead()).isBetween(1000L, 49_999L);

            // What was running ends and is kept.
            await().until(() -> sweep.progress().running() == 0);
            failing = false;
            assertThat(sweep.retryFailed()).isGreaterThanOrEqualTo(1000);
            sweep.await();
        }
        assertThat(sweep.progress().done()).isEqualTo(50_000);
    }

    @Test
    void should_go_on_when_posted_again_with_keep_going() {
        Sweep<Params, Integer> sweep = jobmon.post(new Noting()).attempts(1).sweep(space("fail", 50_000));
        try (Worker worker = worker(2)) {
            assertThatThrownBy(sweep::await).hasMessageContaining("paused");
            failing = false;
            jobmon.post(new Noting()).attempts(1).keepGoing().sweep(space("fail", 50_000));
            sweep.await();
        }
        assertThat(sweep.progress().dead()).isGreaterThanOrEqualTo(1000);
        assertThat(sweep.progress().done() + sweep.progress().dead()).isEqualTo(50_000);
    }

    @Test
    void should_not_pause_when_told_to_keep_going() {
        Sweep<Params, Integer> sweep =
                jobmon.post(new Noting()).attempts(1).keepGoing().sweep(space("fail", 1500));
        try (Worker worker = worker(2)) {
            sweep.await();
        }
        assertThat(sweep.failures().total()).isEqualTo(1500);
        assertThat(sweep.failures().groups()).hasSize(1);
    }

    @Test
    void should_fail_when_the_time_limit_is_over() {
        Sweep<Params, Integer> sweep = jobmon.post(new Noting())
                .attempts(1)
                .timeout(Duration.ofMillis(50))
                .sweep(space("sleep", 2));
        try (Worker worker = worker(2)) {
            sweep.await();
        }
        Failure failure = sweep.failures().groups().get(0).cause();
        assertThat(sweep.failures().total()).isEqualTo(2);
        assertThat(failure.message()).contains("50 ms");
    }

    @Test
    void should_run_the_higher_priority_first_when_both_are_open() {
        Sweep<Params, Integer> low = jobmon.post(new Noting()).priority(-1).run(new Params("low", 1));
        Sweep<Params, Integer> high = jobmon.post(new Noting()).priority(7).run(new Params("high", 2));
        Sweep<Params, Integer> middle = jobmon.post(new Noting()).run(new Params("middle", 3));
        try (Worker worker = worker(1)) {
            low.await();
            high.await();
            middle.await();
        }
        assertThat(RUNS).containsExactly(2, 3, 1);
    }

    @Test
    void should_run_only_where_all_tags_are_when_tags_are_required() {
        Sweep<Params, Integer> sweep =
                jobmon.post(new Noting()).requires("gpu", "big").sweep(space("tags", 20));
        try (Worker none = worker(1);
                Worker one = worker(1, "gpu");
                Worker both = worker(1, "big", "gpu", "fast")) {
            sweep.await();
            assertThat(sweep.results()).extracting(Result::worker).containsOnly(both.id());
        }
    }

    @Test
    void should_be_another_job_when_an_input_has_other_content(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("data"), "one");
        Sweep<Params, Integer> one = jobmon.post(new Noting()).input(input).run(new Params("input", 1));
        assertThat(jobmon.post(new Noting())
                        .input(input)
                        .run(new Params("input", 1))
                        .id())
                .isEqualTo(one.id());
        Files.writeString(input, "two");
        Sweep<Params, Integer> two = jobmon.post(new Noting()).input(input).run(new Params("input", 1));
        assertThat(two.id()).isNotEqualTo(one.id());
        assertThat(two.jobHash()).isNotEqualTo(one.jobHash());

        try (Worker worker = worker(1)) {
            two.await();
            // The worker's file is not what the first was posted with.
            assertThat(one.await(Duration.ofMillis(200))).isFalse();
        }
        assertThat(RUNS).hasSize(1);
    }

    @Test
    void should_leave_it_complete_when_cancelled_afterwards() {
        Sweep<Params, Integer> sweep = jobmon.post(new Noting()).sweep(space("late", 3));
        try (Worker worker = worker(1)) {
            sweep.await();
        }
        sweep.cancel();
        sweep.await();
        assertThat(sweep.progress().state()).isEqualTo(SweepState.COMPLETE);
        assertThat(sweep.results()).hasSize(3);
    }

    @Test
    void should_refuse_to_retry_when_cancelled() {
        Sweep<Params, Integer> sweep = jobmon.post(new Noting()).sweep(space("refuse", 3));
        sweep.cancel();
        sweep.cancel();

        assertThatThrownBy(sweep::retryFailed)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("cancelled")
                .hasMessageContaining("post it again");
        assertThat(sweep.results()).isEmpty();
        try (Stream<Result<Params, Integer>> stream = sweep.stream()) {
            assertThatThrownBy(stream::toList)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("cancelled");
        }
    }
}
