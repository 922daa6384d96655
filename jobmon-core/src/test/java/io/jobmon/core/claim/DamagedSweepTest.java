package io.jobmon.core.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobmon.Axis;
import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.ParamSpace;
import io.jobmon.core.local.EmbeddedRedis;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueServer;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.run.SweepRun;
import io.jobmon.core.space.Space;
import io.jobmon.core.telemetry.Relay;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Somebody wrote to the keys of a sweep; the others must not notice. */
class DamagedSweepTest {

    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final RunnableJob<Integer, Integer> JOB =
            RunnableJob.of(Job.of("Same", "1", Integer.class, Integer.class, (value, experiment) -> value));

    private static EmbeddedRedis redis;
    private static QueueServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> commands;
    private static Queue queue;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.jobmon.core.claim");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

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
    void listen() {
        commands.flushall();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private static SweepMeta post(String id, int priority) {
        Space<Integer> space = Space.of(ParamSpace.grid().axis("value", Axis.range(1, 20, 1)), JOB.parameters());
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
                        3,
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        priority,
                        List.of(),
                        false,
                        SweepMeta.Limits.NONE,
                        Isolation.THREAD));
        queue.sweeps().post(meta, false);
        queue.jobs().open(meta);
        return meta;
    }

    private static void damage(String id, String field, String value) {
        commands.hset("jobmon:{" + id + "}:meta", field, value);
    }

    private List<String> lines(String about) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(about))
                .toList();
    }

    private static List<String> ids(Catalog catalog) {
        return catalog.candidates().stream()
                .flatMap(List::stream)
                .map(SweepRun::sweep)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "points, twenty",
        "reps, 1.5",
        "seed, x",
        "posted, x",
        "attempts, many",
        "backoff, 1 s",
        "timeout, none",
        "priority, high",
        "inputs, {",
        "inputs, '{\"a\":1}'",
        "inputs, '{\"\\u0000\":\"1\"}'",
        "spec, {",
        "spec, ''",
    })
    void should_skip_it_with_one_line_when_a_field_is_odd(String field, String value) {
        post("odd", 5);
        damage("odd", field, value);
        post("sound", 0);
        Catalog catalog = new Catalog(queue, Set.of(), Relay.SILENT);
        catalog.add(JOB);

        assertThat(ids(catalog)).containsExactly("sound");
        catalog.refresh();
        assertThat(ids(catalog)).containsExactly("sound");

        assertThat(lines("odd")).hasSize(1).allMatch(line -> line.contains("The sweep odd"));
    }

    @Test
    void should_run_it_when_it_was_mended() {
        post("odd", 5);
        String points = commands.hget("jobmon:{odd}:meta", "points");
        damage("odd", "points", "x");
        Catalog catalog = new Catalog(queue, Set.of(), Relay.SILENT);
        catalog.add(JOB);
        assertThat(ids(catalog)).isEmpty();
        damage("odd", "points", points);
        catalog.refresh();
        assertThat(ids(catalog)).containsExactly("odd");
    }

    @Test
    void should_run_the_jobs_whose_lists_can_be_read_when_one_cannot() {
        RunnableJob<Integer, Integer> other =
                RunnableJob.of(Job.of("Other", "1", Integer.class, Integer.class, (value, experiment) -> value));
        post("sound", 0);
        commands.set("jobmon:jobs:new:" + other.identity().base(), "no list");
        Catalog catalog = new Catalog(queue, Set.of(), Relay.SILENT);
        catalog.add(other);
        catalog.add(JOB);
        assertThat(ids(catalog)).containsExactly("sound");
        assertThat(lines(other.identity().base())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "meta, cursor, x",
        "meta, done, x",
        "meta, size, x",
        "meta, rev, x",
        "claims,,",
        "leases,,",
        "wait,,",
        "gaps,,"
    })
    void should_complete_others_when_claims_of_a_damaged_sweep_fail(String key, String field, String value) {
        post("odd", 5);
        if (field == null) {
            commands.set("jobmon:{odd}:" + key, "something else");
        } else {
            damage("odd", field, value);
        }
        post("sound", 0);

        RunningWorker worker = RunningWorker.start(
                queue, new RunningWorker.Setup(1, Set.of(), HEARTBEAT, io.jobmon.spi.ChildSettings.NONE), List.of(JOB));
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> queue.sweeps().status("sound").state().equals("complete"));
            assertThat(lines("The sweep odd of Same cannot be run here")).hasSize(1);
            assertThat(lines("Claiming failed")).isEmpty();
        } finally {
            worker.close();
        }
    }
}
