package io.jobmon.core.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.ParamSpace;
import io.jobmon.core.local.EmbeddedRedis;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueServer;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepStatus;
import io.jobmon.core.run.Allocation;
import io.jobmon.core.run.Listeners;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.space.Space;
import io.jobmon.spi.ChildSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker on a machine that it has for an hour, by a clock that the test sets. */
@Timeout(240)
class AllocatedWorkerTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant BEGIN = Instant.parse("2026-11-26T12:00:00Z");
    private static final Instant END = BEGIN.plus(Duration.ofHours(1));
    private static final Instant STOP = END.minusSeconds(20);

    /** Each experiment takes one to end; it takes some time at least, and says when it begins and is interrupted. */
    private static final Semaphore PERMITS = new Semaphore(0);

    private static final AtomicInteger BEGUN = new AtomicInteger();
    private static final AtomicInteger INTERRUPTED = new AtomicInteger();
    private static final RunnableJob<Integer, Integer> JOB =
            RunnableJob.of(Job.of("Gated", "1", Integer.class, Integer.class, AllocatedWorkerTest::gated));

    private static volatile int atLeastMillis;
    private static EmbeddedRedis redis;
    private static QueueServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> commands;
    private static Queue queue;

    private volatile Instant now = BEGIN;
    private RunningWorker worker;

    private static int gated(int value, Experiment experiment) throws InterruptedException {
        experiment.checkpoint(value);
        BEGUN.incrementAndGet();
        try {
            new CountDownLatch(1).await(atLeastMillis, TimeUnit.MILLISECONDS);
            PERMITS.acquire();
        } catch (InterruptedException e) {
            INTERRUPTED.incrementAndGet();
            throw e;
        }
        return value;
    }

    @BeforeAll
    static void open() {
        redis = EmbeddedRedis.start(null);
        server = QueueServer.at(redis.uri(), "jobmon", RunningWorker.lease(HEARTBEAT));
        queue = server.lane(Duration.ofSeconds(10));
        client = RedisClient.create(redis.uri());
        commands = client.connect().sync();
    }

    @AfterAll
    static void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        queue.close();
        server.close();
        redis.close();
    }

    @BeforeEach
    void begin() {
        PERMITS.drainPermits();
        BEGUN.set(0);
        INTERRUPTED.set(0);
        atLeastMillis = 50;
    }

    @AfterEach
    void end() {
        worker.close();
        commands.flushall();
    }

    private static ConditionFactory until() {
        return await().atMost(LIMIT).pollInterval(Duration.ofMillis(5));
    }

    private void start(int slots) {
        Launch launch = new Launch("l", "p", Optional.empty(), Optional.empty(), Allocation.of(BEGIN, END, () -> now));
        worker = RunningWorker.start(
                queue,
                new RunningWorker.Setup(
                        slots,
                        Set.of(),
                        HEARTBEAT,
                        ChildSettings.NONE,
                        launch,
                        Listeners.NONE,
                        RunningWorker.Speech.OF_SLOTS),
                List.of(JOB));
    }

    private static void post(String id, int size) {
        Space<Integer> space = Space.of(ParamSpace.grid().axis("value", Axis.range(1, size, 1)), JOB.parameters());
        SweepMeta meta = new SweepMeta(
                id,
                new SweepMeta.Identity(
                        JOB.identity().name(),
                        JOB.identity().hash(),
                        JOB.identity().base(),
                        space.specification(),
                        space.size(),
                        1,
                        0,
                        false,
                        "{}",
                        0),
                new SweepMeta.Policy(
                        1,
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        0,
                        List.of(),
                        false,
                        SweepMeta.Limits.NONE,
                        Isolation.THREAD));
        queue.sweeps().post(meta, false);
        queue.jobs().open(meta);
    }

    private static SweepStatus status(String id) {
        return queue.sweeps().status(id);
    }

    @Test
    void should_begin_nothing_that_does_not_fit_once_its_duration_is_known() {
        post("known", 10);
        start(1);
        PERMITS.release(2);
        until().until(() -> BEGUN.get() == 3 && status("known").done() == 2);

        // Of the third it is only known that it takes as long as the others, 50 ms or more.
        now = STOP.minusMillis(1);
        PERMITS.release(10);
        until().until(() -> status("known").done() == 3 && status("known").claims() == 0);
        post("unknown", 1);
        until().until(() -> status("unknown").done() == 1);

        assertThat(BEGUN).hasValue(4);
        assertThat(status("known").claims()).isZero();
        now = STOP.minusSeconds(600);
        until().until(() -> status("known").state().equals("complete"));
        assertThat(INTERRUPTED).hasValue(0);
        assertThat(BEGUN).hasValue(11);
    }

    @Test
    void should_give_back_at_once_what_it_has_claimed_and_cannot_run() {
        atLeastMillis = 5;
        post("short", 1000);
        start(1);
        PERMITS.release(20);
        until().until(() -> BEGUN.get() == 21);

        now = STOP.minusMillis(1);

        // Its own claim, which holds several, and perhaps one that waits.
        PERMITS.release(1000);
        until().until(() -> status("short").claims() == 0);
        assertThat(status("short").done()).isEqualTo(21);
        assertThat(BEGUN).hasValue(21);
        assertThat(INTERRUPTED).hasValue(0);
    }

    @Test
    void should_stop_before_the_end_and_give_back_what_runs() {
        post("broken-off", 10);
        start(2);
        until().until(() -> BEGUN.get() == 2);

        now = STOP;

        assertThat(worker.awaitStop()).isFalse();
        until().until(() -> INTERRUPTED.get() == 2);
        assertThat(status("broken-off").claims()).isZero();
        assertThat(status("broken-off").dead()).isZero();
        assertThat(status("broken-off").waiting()).isZero();
        assertThat(queue.claims().checkpoint("broken-off", 0)).isPresent();
        assertThat(queue.board().alive(Duration.ofMinutes(1))).isEmpty();

        now = BEGIN;
        start(2);
        PERMITS.release(10);
        until().until(() -> status("broken-off").state().equals("complete"));
        assertThat(status("broken-off").done()).isEqualTo(10);
    }

    @Test
    void should_shorten_a_grace_that_goes_beyond_the_end() {
        post("graced", 2);
        start(1);
        until().until(() -> BEGUN.get() == 1);
        queue.board().stop("p", Duration.ofDays(1));
        until().until(() -> queue.board().alive(Duration.ofMinutes(1)).values().stream()
                .anyMatch(card -> card.contains("\"stopping\"")));
        assertThat(INTERRUPTED).hasValue(0);

        now = STOP;

        assertThat(worker.awaitStop()).isFalse();
        until().until(() -> INTERRUPTED.get() == 1);
        assertThat(status("graced").claims()).isZero();
    }

    @Test
    void should_let_what_runs_end_within_its_grace() {
        post("patient", 3);
        start(1);
        until().until(() -> BEGUN.get() == 1);
        queue.board().stop("p", Duration.ofDays(1));
        until().until(() -> queue.board().alive(Duration.ofMinutes(1)).values().stream()
                .anyMatch(card -> card.contains("\"stopping\"")));

        PERMITS.release(10);

        assertThat(worker.awaitStop()).isFalse();
        assertThat(INTERRUPTED).hasValue(0);
        assertThat(BEGUN).hasValue(1);
        assertThat(status("patient").done()).isOne();
        assertThat(status("patient").claims()).isZero();
    }
}
