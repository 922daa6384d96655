package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.jobmon.Failures;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobStatus;
import io.jobmon.ParamSpace;
import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a handle of a sweep does, as the contract says. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SweepTest {

    private static JobMon jobmon;

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    private static ParamSpace space(String gate, int n) {
        return ParamSpace.grid()
                .axis("gate", gate)
                .axis("x", IntStream.range(0, n).toArray());
    }

    private static Sweep<Gate.Params, Integer> waiting(String gate, int n) {
        return jobmon.post(new Gate.Waiting()).sweep(space(gate, n));
    }

    private static Sweep<Gate.Params, Integer> failing(String gate, int n) {
        Gate.named(gate).failing = true;
        return jobmon.post(new Gate.Failing()).attempts(1).sweep(space(gate, n));
    }

    @Test
    void should_say_where_it_stands_when_asked_for_progress() {
        Gate gate = Gate.named("progress");
        Sweep<Gate.Params, Integer> sweep = waiting("progress", 7);
        await().until(() -> gate.started.get() == 2);

        Progress progress = sweep.progress();

        assertThat(sweep.size()).isEqualTo(7);
        assertThat(progress.state()).isEqualTo(SweepState.OPEN);
        assertThat(progress.size()).isEqualTo(7);
        assertThat(progress.done()).isZero();
        assertThat(progress.dead()).isZero();
        assertThat(progress.complete()).isFalse();
        assertThat(progress.running()).isBetween(2L, 7L);
        assertThat(progress.pending()).isEqualTo(7 - progress.running());
        gate.open.countDown();
        sweep.await();
        assertThat(sweep.progress().complete()).isTrue();
        assertThat(sweep.progress().state()).isEqualTo(SweepState.COMPLETE);
        assertThat(sweep.progress().done()).isEqualTo(7);
        assertThat(sweep.progress().remaining()).isEmpty();
    }

    @Test
    void should_return_false_when_the_time_to_wait_is_over() {
        Sweep<Gate.Params, Integer> sweep = waiting("limit", 3);

        assertThat(sweep.await(Duration.ZERO)).isFalse();
        assertThat(sweep.await(Duration.ofMillis(20))).isFalse();
        Gate.named("limit").open.countDown();
        assertThat(sweep.await(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(sweep.await(Duration.ZERO)).isTrue();
        assertThatThrownBy(() -> sweep.await(Duration.ofMillis(-1)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("not negative");
    }

    @Test
    void should_tell_the_listener_when_waiting() {
        Sweep<Gate.Params, Integer> sweep = waiting("listener", 5);
        List<Progress> told = new ArrayList<>();
        List<String> ends = new ArrayList<>();

        sweep.await(new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                told.add(progress);
                Gate.named("listener").open.countDown();
            }

            @Override
            public void ended() {
                ends.add(Thread.currentThread().getName());
            }
        });

        assertThat(told).hasSizeGreaterThan(1);
        assertThat(told.get(0).complete()).isFalse();
        assertThat(told.get(told.size() - 1).complete()).isTrue();
        assertThat(ends).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void should_stream_what_is_there_first_then_each_new_outcome_once_when_followed() {
        Gate first = Gate.named("stream-first");
        Gate second = Gate.named("stream-second");
        first.open.countDown();
        Sweep<Gate.Params, Integer> sweep = jobmon.post(new Gate.Waiting())
                .sweep(ParamSpace.grid()
                        .axis("gate", "stream-first", "stream-second")
                        .axis("x", IntStream.range(0, 20).toArray()));
        await().until(() -> sweep.progress().done() == 20);

        List<Long> indices = new ArrayList<>();
        try (Stream<Result<Gate.Params, Integer>> stream = sweep.stream()) {
            Iterator<Result<Gate.Params, Integer>> outcomes = stream.iterator();
            for (int i = 0; i < 20; i++) {
                indices.add(outcomes.next().index());
            }
            assertThat(indices).allMatch(index -> index < 20);
            second.open.countDown();
            outcomes.forEachRemaining(result -> indices.add(result.index()));
        }

        assertThat(indices).hasSize(40).doesNotHaveDuplicates();
        try (Stream<Result<Gate.Params, Integer>> again = sweep.stream()) {
            assertThat(again).hasSize(40);
        }
    }

    @Test
    void should_stream_failures_too_but_leave_them_out_of_results_when_some_fail() {
        Sweep<Gate.Params, Integer> sweep = failing("failures", 30);
        sweep.await();

        List<Result<Gate.Params, Integer>> all;
        try (Stream<Result<Gate.Params, Integer>> stream = sweep.stream()) {
            all = stream.toList();
        }

        assertThat(all).hasSize(30);
        assertThat(all).filteredOn(Result::succeeded).hasSize(15);
        Result<Gate.Params, Integer> failed =
                all.stream().filter(result -> result.index() == 7).findFirst().orElseThrow();
        assertThat(failed.params()).isEqualTo(new Gate.Params("failures", 7));
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.failure().orElseThrow().type()).isEqualTo(Gate.Failed.class.getName());
        assertThat(failed.failure().orElseThrow().message()).startsWith("no result for ");
        assertThat(failed.failure().orElseThrow().stack()).contains("Gate$Failing.run");
        assertThatThrownBy(failed::value)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Experiment 7 failed")
                .hasMessageContaining("succeeded()");
        assertThat(sweep.results())
                .hasSize(15)
                .allMatch(result -> result.failure().isEmpty());
    }

    @Test
    void should_group_failures_by_cause_and_run_them_again_when_retried() {
        Sweep<Gate.Params, Integer> sweep = failing("retry", 30);
        sweep.await();

        Failures failures = sweep.failures();
        assertThat(failures.total()).isEqualTo(15);
        assertThat(failures.groups()).hasSize(1);
        assertThat(failures.groups().get(0).count()).isEqualTo(15);
        assertThat(failures.groups().get(0).examples()).containsExactly(1L, 3L, 5L, 7L, 9L, 11L, 13L, 15L, 17L, 19L);
        assertThat(failures.toString()).contains("15 failures", "15 x ", "sweep.replay(1)");

        Gate.named("retry").failing = false;
        assertThat(sweep.retryFailed()).isEqualTo(15);
        sweep.await();

        assertThat(sweep.failures().total()).isZero();
        assertThat(sweep.failures().toString()).isEqualTo("no failures");
        assertThat(sweep.results()).hasSize(30);
        assertThat(Gate.named("retry").started.get()).isEqualTo(45);
        assertThat(sweep.retryFailed()).isZero();
        assertThat(sweep.await(Duration.ZERO)).isTrue();
    }

    @Test
    void should_rethrow_the_jobs_own_exception_when_replayed() {
        Sweep<Gate.Params, Integer> sweep = failing("replay", 4);
        sweep.await();

        assertThat(sweep.replay(2)).isEqualTo(2);
        Throwable thrown = catchThrowable(() -> sweep.replay(3));
        assertThat(thrown).isExactlyInstanceOf(Gate.Failed.class);
        assertThat(((Gate.Failed) thrown).x).isEqualTo(3);
        assertThatThrownBy(() -> sweep.replay(4))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("no experiment 4")
                .hasMessageContaining("0 to 3");
        assertThatThrownBy(() -> sweep.replay(-1)).isInstanceOf(JobMonException.class);
        assertThat(sweep.progress().done()).isEqualTo(2);
    }

    @Test
    void should_interrupt_and_keep_results_when_cancelled_and_go_on_when_posted_again() {
        Gate first = Gate.named("cancel-first");
        Gate second = Gate.named("cancel-second");
        first.open.countDown();
        ParamSpace space =
                ParamSpace.grid().axis("gate", "cancel-first", "cancel-second").axis("x", 0, 1, 2);
        Sweep<Gate.Params, Integer> sweep = jobmon.post(new Gate.Waiting()).sweep(space);
        await().until(() -> second.started.get() > 0 && sweep.progress().done() == 3);

        sweep.cancel();

        assertThat(sweep.progress().state()).isEqualTo(SweepState.CANCELLED);
        assertThatThrownBy(sweep::await)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("cancelled")
                .hasMessageContaining(sweep.id())
                .hasMessageContaining("Post it again");
        assertThat(sweep.results()).extracting(Result::index).containsExactly(0L, 1L, 2L);
        await().until(() -> sweep.progress().running() == 0);
        second.open.countDown();
        Sweep<Gate.Params, Integer> again = jobmon.post(new Gate.Waiting()).sweep(space);
        assertThat(again.id()).isEqualTo(sweep.id());
        again.await();
        sweep.await();
        assertThat(sweep.results()).hasSize(6).allMatch(result -> result.attempts() == 1);
        assertThat(first.started.get()).isEqualTo(3);
    }

    @Test
    void should_run_when_cancelled_and_posted_again_at_once() {
        for (int i = 0; i < 5; i++) {
            Sweep<Gate.Params, Integer> sweep = waiting("flicker", 4 + i);
            sweep.cancel();
            waiting("flicker", 4 + i);
            sweep.cancel();
            waiting("flicker", 4 + i);
            Gate.named("flicker").open.countDown();
            sweep.await();
            assertThat(sweep.results()).hasSize(4 + i);
        }
    }

    @Test
    void should_wake_the_waiting_when_cancelled_elsewhere() throws Exception {
        Sweep<Gate.Params, Integer> sweep = waiting("elsewhere", 2);
        CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> catchThrowable(sweep::await));
        await().until(() -> Gate.named("elsewhere").started.get() > 0);

        jobmon.attach(sweep.id(), new Gate.Waiting()).cancel();

        assertThat(thrown.get(10, TimeUnit.SECONDS))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("cancelled");
        Gate.named("elsewhere").open.countDown();
    }

    @Test
    void should_be_the_same_sweep_when_attached() {
        Sweep<Gate.Params, Integer> sweep = failing("attach", 4);
        sweep.await();

        Sweep<Gate.Params, Integer> attached = jobmon.attach(sweep.id(), new Gate.Failing());

        assertThat(attached.id()).isEqualTo(sweep.id());
        assertThat(attached.jobHash()).isEqualTo(sweep.jobHash());
        assertThat(attached.size()).isEqualTo(4);
        attached.await();
        assertThat(attached.results()).extracting(Result::value).containsExactly(0, 2);
        assertThatThrownBy(() -> jobmon.attach(sweep.id(), new Gate.Waiting()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Failing")
                .hasMessageContaining("Waiting");
        assertThatThrownBy(() -> jobmon.attach("0123456789abcdef0123", new Gate.Failing()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("0123456789abcdef0123");
        assertThatThrownBy(() -> jobmon.attach("nonsense", new Gate.Failing())).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> jobmon.attach(null, new Gate.Failing())).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> jobmon.attach(sweep.id(), null)).isInstanceOf(JobMonException.class);
    }

    private static List<String> descriptions(String hash) {
        return jobmon.jobs().stream()
                .filter(job -> job.hash().equals(hash))
                .map(JobStatus::description)
                .toList();
    }

    @Test
    void should_show_describe_and_clean_a_job_when_given_its_hash() {
        Sweep<Integer, Long> sweep = jobmon.post(new Jobs.OfInteger()).seed(5).sweep("value", 1, 2, 3);
        sweep.await();
        String hash = sweep.jobHash();

        assertThat(jobmon.source(hash)).contains("static final class OfInteger implements Job<Integer, Long>");
        assertThat(jobmon.source(hash.substring(0, 8))).isEqualTo(jobmon.source(hash));
        assertThat(descriptions(hash)).containsExactly("");
        jobmon.describe(hash, "ten times");
        assertThat(descriptions(hash)).containsExactly("ten times");
        jobmon.describe(hash.substring(0, 8), "ten times as much");
        assertThat(descriptions(hash)).containsExactly("ten times as much");
        jobmon.clean(hash);
        assertThat(descriptions(hash)).isEmpty();

        assertThatThrownBy(() -> jobmon.source(hash))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(hash);
        assertThatThrownBy(() -> jobmon.clean(hash))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(hash);
        assertThatThrownBy(sweep::await).isInstanceOf(JobMonException.class).hasMessageContaining("cleaned");
        assertThatThrownBy(sweep::progress).isInstanceOf(JobMonException.class).hasMessageContaining("cleaned");
        assertThatThrownBy(sweep::cancel).isInstanceOf(JobMonException.class).hasMessageContaining("cleaned");
        assertThatThrownBy(sweep::retryFailed).isInstanceOf(JobMonException.class);
        Sweep<Integer, Long> again = jobmon.post(new Jobs.OfInteger()).seed(5).sweep("value", 1, 2, 3);
        again.await();
        assertThat(again.results()).extracting(Result::value).containsExactly(10L, 20L, 30L);
    }

    @Test
    void should_refuse_to_clean_when_workers_run_it() {
        Sweep<Gate.Params, Integer> sweep = waiting("clean", 2);
        await().until(() -> Gate.named("clean").started.get() > 0);

        assertThatThrownBy(() -> jobmon.clean(sweep.jobHash()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(sweep.id())
                .hasMessageContaining("cancel");

        Gate.named("clean").open.countDown();
        sweep.await();
        assertThat(sweep.results()).hasSize(2);
    }

    @Test
    void should_say_that_it_is_closed_when_used_afterwards() {
        JobMon own = JobMon.local(1);
        Sweep<Integer, Long> sweep = own.post(new Jobs.OfInteger()).run(1);
        sweep.await();
        own.close();
        own.close();

        assertThatThrownBy(() -> own.post(new Jobs.OfInteger()))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(sweep::progress).isInstanceOf(JobMonException.class).hasMessageContaining("closed");
        assertThatThrownBy(sweep::await).isInstanceOf(JobMonException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> sweep.results().stream().toList())
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("closed");
    }
}
