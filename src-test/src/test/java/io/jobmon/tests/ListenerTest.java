package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobmon.Axis;
import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.Experiment;
import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonListener;
import io.jobmon.JobMonListener.Claimed;
import io.jobmon.JobMonListener.Failed;
import io.jobmon.JobMonListener.Finished;
import io.jobmon.JobMonListener.Missed;
import io.jobmon.JobMonListener.Posted;
import io.jobmon.JobMonListener.Released;
import io.jobmon.JobMonListener.Retried;
import io.jobmon.JobMonListener.Started;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What a listener is told, wherever experiments run, and that it cannot harm them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ListenerTest {

    /** Where experiments run. */
    enum Kind {
        THREAD,
        PROCESS,
        COMMAND
    }

    /** 0 succeeds, 1 succeeds at the second attempt, 2 fails. */
    static final class Trying implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer value, Experiment experiment) throws InterruptedException {
            Thread.sleep(2);
            if (value > 1 || experiment.attempt() <= value) {
                throw new IllegalStateException("not yet");
            }
            return value;
        }
    }

    private static CommandJob<Integer> trying() {
        return CommandJob.of(
                        "Trying",
                        "sh",
                        "-c",
                        "x=$JOBMON_PARAM_value; test $x -lt 2 && test $JOBMON_ATTEMPT -gt $x && echo $x")
                .outcome(Integer.class);
    }

    private static Posting<?, Integer> post(JobMon jobmon, Kind kind) {
        return switch (kind) {
            case THREAD -> jobmon.post(new Trying());
            case PROCESS -> jobmon.post(new Trying()).isolation(Isolation.PROCESS.maxHeap("64m"));
            case COMMAND -> jobmon.post(trying());
        };
    }

    private static JobMon open(JobMonListener... listeners) {
        JobMonOptions options = JobMonOptions.local().slots(2);
        for (JobMonListener listener : listeners) {
            options = options.listener(listener);
        }
        return JobMon.connect(options);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_tell_each_event_when_experiments_run_in(Kind kind) {
        Recorder told = new Recorder();
        Sweep<?, Integer> sweep;
        List<? extends Result<?, Integer>> results;
        String worker;
        try (JobMon jobmon = open(told)) {
            sweep = post(jobmon, kind).attempts(2).backoff(Duration.ZERO).sweep("value", 0, 1, 2);
            sweep.await();
            results = sweep.results().stream().toList();
            worker = jobmon.net().get(0).id();
        }
        String id = sweep.id();

        assertThat(told.all(Posted.class)).containsExactly(new Posted("Trying", id, 3, false));
        assertThat(told.all(Claimed.class))
                .allMatch(event -> event.worker().equals(worker)
                        && event.job().equals("Trying")
                        && event.sweep().equals(id));
        assertThat(told.all(Claimed.class).stream()
                        .mapToInt(Claimed::experiments)
                        .sum())
                .isEqualTo(5);
        assertThat(told.all(Started.class))
                .extracting(event -> event.index() + "#" + event.attempt())
                .containsExactlyInAnyOrder("0#1", "1#1", "1#2", "2#1", "2#2");
        assertThat(told.all(Retried.class))
                .containsExactlyInAnyOrder(
                        new Retried(worker, "Trying", id, 1, 2), new Retried(worker, "Trying", id, 2, 2));
        assertThat(told.all(Failed.class))
                .extracting(event -> event.index() + "#" + event.attempt() + (event.dead() ? " dead" : ""))
                .containsExactlyInAnyOrder("1#1", "2#1", "2#2 dead");
        assertThat(told.all(Finished.class))
                .extracting(event -> event.index() + "#" + event.attempt())
                .containsExactlyInAnyOrder("0#1", "1#2");
        assertThat(told.all(Released.class)).isEmpty();
        for (Result<?, Integer> result : results) {
            assertThat(told.all(Finished.class))
                    .filteredOn(event -> event.index() == result.index())
                    .singleElement()
                    .extracting(event -> event.wall().toNanos() / 1000, Finished::worker, Finished::sweep)
                    .containsExactly(result.elapsed().toNanos() / 1000, worker, id);
        }
        assertThat(told.all(Failed.class)).allMatch(event -> event.wall().toNanos() > 1_000_000);
    }

    @Test
    void should_tell_how_long_an_experiment_waited() {
        String name = UUID.randomUUID().toString();
        Recorder told = new Recorder();
        try (JobMon jobmon = open(told)) {
            Sweep<?, ?> sweep = jobmon.post(new Gate.Waiting()).sweep(gated(name, 4));
            await().until(() -> Gate.named(name).started.get() == 2);
            long before = System.nanoTime();
            await().until(() -> System.nanoTime() - before > 50_000_000);
            Gate.named(name).open.countDown();
            sweep.await();
        }

        assertThat(told.all(Started.class)).hasSize(4);
        assertThat(told.all(Started.class).subList(2, 4))
                .allMatch(event -> event.sincePost().toMillis() >= 50)
                .allMatch(
                        event -> event.sinceClaim().compareTo(event.sincePost().plusMillis(5)) < 0);
    }

    private static ParamSpace gated(String name, int n) {
        return ParamSpace.grid().axis("gate", name).axis("x", Axis.range(1, n, 1));
    }

    @Test
    void should_say_that_a_sweep_was_known_when_it_is_posted_again() {
        Recorder told = new Recorder();
        try (JobMon jobmon = open(told)) {
            jobmon.post(new Trying()).sweep("value", 0).await();
            jobmon.post(new Trying()).sweep("value", 0).await();
        }

        assertThat(told.all(Posted.class)).extracting(Posted::known).containsExactly(false, true);
        assertThat(told.all(Finished.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_that_experiments_were_given_back_when_their_sweep_is_cancelled(Kind kind) {
        String name = UUID.randomUUID().toString();
        CommandJob<Integer> sleeping =
                CommandJob.of("sleeping", "sleep", "1000").outcome(Integer.class, CommandOutput::exitCode);
        Recorder told = new Recorder();
        try (JobMon jobmon = JobMon.connect(
                JobMonOptions.local().slots(2).heartbeat(Duration.ofMillis(100)).listener(told))) {
            Sweep<?, ?> sweep = kind == Kind.COMMAND
                    ? jobmon.post(sleeping).sweep("x", 1, 2, 3, 4, 5)
                    : jobmon.post(new Gate.Waiting())
                            .isolation(kind == Kind.THREAD ? Isolation.THREAD : Isolation.PROCESS)
                            .sweep(gated(name, 5));
            await().until(() -> told.all(Started.class).size() == 2);
            sweep.cancel();
            await().until(() -> told.all(Released.class).size() == 2);
        }

        assertThat(told.all(Released.class))
                .extracting(event -> event.index() + "#" + event.attempt())
                .containsExactlyInAnyOrder("0#1", "1#1");
        assertThat(told.all(Failed.class)).isEmpty();
    }

    @Test
    void should_tell_the_listeners_of_a_worker_what_it_does_and_no_other() {
        Recorder ofAll = new Recorder();
        Recorder ofFirst = new Recorder();
        try (OwnRedis server = OwnRedis.start();
                JobMon jobmon = JobMon.connect(JobMonOptions.redis(server.uri()).listener(ofAll))) {
            String first;
            try (Worker worker =
                    jobmon.worker().job(new Trying()).slots(1).listener(ofFirst).start()) {
                jobmon.post(new Trying()).sweep("value", 0).await();
                first = worker.id();
            }
            try (Worker worker = jobmon.worker().job(new Trying()).slots(1).start()) {
                jobmon.post(new Trying()).seed(1).sweep("value", 0).await();
            }
            assertThat(ofFirst.all(Finished.class)).extracting(Finished::worker).containsExactly(first);
        }

        assertThat(ofFirst.all(Posted.class)).isEmpty();
        assertThat(ofAll.all(Posted.class)).hasSize(2);
        assertThat(ofAll.all(Finished.class)).hasSize(2);
    }

    @Test
    void should_tell_each_of_many_short_experiments_once() {
        Recorder told = new Recorder();
        Sweep<?, ?> sweep;
        try (JobMon jobmon = open(told)) {
            sweep = jobmon.post(new Jobs.OfInteger()).sweep("value", Axis.range(0, 9999, 1));
            sweep.await();
        }

        assertThat(sweep.size()).isEqualTo(10_000);
        assertThat(told.all(Missed.class)).isEmpty();
        assertThat(told.all(Finished.class).stream().mapToLong(Finished::index).sorted())
                .containsExactlyElementsOf(() -> LongStream.range(0, 10_000).iterator());
        assertThat(told.all(Started.class).stream().mapToLong(Started::index).distinct())
                .hasSize(10_000);
        assertThat(told.all(Claimed.class).stream()
                        .mapToInt(Claimed::experiments)
                        .sum())
                .isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void should_run_on_and_say_so_once_a_kind_when_a_listener_throws() {
        Recorder told = new Recorder();
        Recorder throwing = new Recorder() {
            @Override
            void take(Record event) {
                throw new StackOverflowError("planted");
            }
        };
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.jobmon.core.run.Mailbox");
        lines.start();
        logger.addAppender(lines);
        try (JobMon jobmon = open(throwing, told)) {
            Sweep<?, ?> sweep = jobmon.post(new Trying())
                    .attempts(2)
                    .backoff(Duration.ZERO)
                    .replicates(20)
                    .sweep("value", 0, 1, 2);
            sweep.await();
            assertThat(sweep.progress().done()).isEqualTo(40);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(told.all(Finished.class)).hasSize(40);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(6)
                .allMatch(line -> line.contains("threw when told of"))
                .doesNotHaveDuplicates();
    }

    @Test
    void should_run_on_and_count_what_is_left_out_when_a_listener_blocks() {
        CountDownLatch open = new CountDownLatch(1);
        Recorder blocking = new Recorder() {
            @Override
            void take(Record event) {
                awaitQuietly(open);
                super.take(event);
            }
        };
        int size = 50_000;
        try (JobMon jobmon = open(blocking)) {
            Sweep<?, ?> sweep = jobmon.post(new Jobs.OfInteger()).sweep("value", Axis.range(1, size, 1));
            sweep.await();
            assertThat(sweep.progress().done()).isEqualTo(size);
            open.countDown();
            await().until(() -> !blocking.all(Missed.class).isEmpty());
        }

        long missed =
                blocking.all(Missed.class).stream().mapToLong(Missed::events).sum();
        assertThat(blocking.all(Started.class).size()
                        + blocking.all(Finished.class).size()
                        + missed)
                .isGreaterThanOrEqualTo(2 * size);
    }

    @Test
    void should_close_when_a_listener_never_returns() {
        CountDownLatch never = new CountDownLatch(1);
        Recorder stuck = new Recorder() {
            @Override
            void take(Record event) {
                awaitQuietly(never);
            }
        };
        Recorder told = new Recorder();
        try (JobMon jobmon = open(stuck, told)) {
            jobmon.post(new Trying()).sweep("value", 0).await();
        }
        never.countDown();

        assertThat(told.all(Finished.class)).hasSize(1);
    }

    @Test
    void should_close_when_a_listener_closes_what_tells_it() {
        JobMon[] opened = new JobMon[1];
        CountDownLatch closed = new CountDownLatch(1);
        Recorder closing = new Recorder() {
            @Override
            public void finished(Finished event) {
                opened[0].close();
                closed.countDown();
            }
        };
        opened[0] = open(closing);
        opened[0].post(new Trying()).sweep("value", 0);

        await().until(() -> closed.getCount() == 0);
    }

    @Test
    void should_refuse_no_listener() {
        assertThatThrownBy(() -> JobMonOptions.local().listener(null))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("listener is null");
        try (JobMon jobmon = open()) {
            assertThatThrownBy(() -> jobmon.worker().listener(null))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("listener is null");
        }
    }
}
