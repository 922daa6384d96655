package io.jobmon.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.WorkerStatus;
import io.jobmon.core.local.EmbeddedRedis;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private static EmbeddedRedis redis;
    private static QueueServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> commands;
    private static Queue queue;

    @BeforeAll
    static void open() {
        redis = EmbeddedRedis.start(null);
        server = QueueServer.at(redis.uri(), "jobmon", LEASE);
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
    void clear() {
        commands.flushall();
    }

    private static void beat(String id, String card) {
        queue.board().beat(id, List.of(), card);
    }

    private static List<WorkerStatus> workers() {
        return new Net(queue, LEASE).workers();
    }

    private static WorkerStatus only(String card) {
        beat("w", card);
        assertThat(workers()).hasSize(1);
        return workers().get(0);
    }

    @Test
    void should_show_what_a_worker_says_when_it_makes_sense() {
        WorkerStatus status = only(
                "{\"unique_id\":\"w\",\"host\":\"node1\",\"pid\":4711,\"slots\":16,\"status\":\"working\",\"history\":42.25,"
                        + "\"since\":1764165600000,\"tags\":[\"gpu\",\"big\"],\"launch\":\"l-1\",\"place\":\"me@node1\","
                        + "\"rate\":12.5,\"failures\":2,\"runs\":[\"Percolation\"],\"jobs\":[{\"name\":\"Flu\"}]}");

        assertThat(status.age()).isBetween(Duration.ZERO, LEASE);
        assertThat(status)
                .isEqualTo(new WorkerStatus(
                        "w",
                        "node1",
                        4711,
                        16,
                        "working",
                        Duration.ofMillis(42_250),
                        Instant.parse("2025-11-26T14:00:00Z"),
                        "Percolation",
                        12.5,
                        2,
                        status.age(),
                        "me@node1",
                        "l-1",
                        List.of("big", "gpu")));
        assertThat(status.toString())
                .startsWith(
                        "w on me@node1: working for 42 s, 16 slots, Percolation, 13/s, 2 failures, since 2025-11-26T14:00:00Z,"
                                + " seen ")
                .endsWith(" s ago, big gpu");
    }

    @Test
    void should_name_what_a_worker_holds_when_it_runs_nothing() {
        assertThat(only("{\"runs\":[],\"jobs\":[{\"name\":\"Flu\"},{\"name\":\"Ant\"},{\"base\":\"b\"},7,null]}")
                        .job())
                .isEqualTo("Ant, Flu");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "7",
                "null",
                "[]",
                "\"text\"",
                "{\"host\":\"a\",\"host\":\"b\"}",
                "{\"host\":7,\"pid\":\"x\",\"slots\":-5,\"status\":[],\"since\":\"now\",\"tags\":{},\"rate\":\"fast\","
                        + "\"failures\":1.5,\"runs\":\"x\",\"jobs\":{},\"place\":null,\"launch\":{}}",
                "{\"pid\":-1,\"since\":123456789012345678901234567890,\"rate\":\"NaN\",\"history\":-3,\"tags\":[1,null,{}],\"runs\":[[]]}"
            })
    void should_show_its_id_alone_when_a_card_makes_no_sense(String card) {
        WorkerStatus status = only(card);
        assertThat(status)
                .isEqualTo(new WorkerStatus(
                        "w", "", 0, 0, "", Duration.ZERO, Instant.EPOCH, "", 0, 0, status.age(), "", "", List.of()));
        assertThat(status.toString()).doesNotContain("\n");
    }

    @Test
    void should_bear_the_largest_numbers() {
        WorkerStatus status = only("{\"pid\":9223372036854775807,\"slots\":9223372036854775807,"
                + "\"since\":9223372036854775807,\"rate\":1e308,\"history\":1e308,\"failures\":9223372036854775807}");
        assertThat(status.slots()).isEqualTo(Integer.MAX_VALUE);
        assertThat(status.toString()).contains("since +292278994");
    }

    @Test
    void should_bear_a_card_that_is_nested_deeply() {
        assertThat(only("[".repeat(100_000)).host()).isEmpty();
    }

    @Test
    void should_let_no_text_steer_a_terminal() {
        String escape = "\\u001b[2J\\u009b\\u202e\\u2028";
        beat(
                "w\u001b[31m",
                "{\"host\":\"h" + escape + "\",\"place\":\"" + "p".repeat(10_000) + "\",\"tags\":[\"t" + escape
                        + "\"],\"runs\":[\"r" + escape + "\"],\"status\":\"s" + escape + "\"}");
        WorkerStatus status = workers().get(0);
        assertThat(status.id()).isEqualTo("w?[31m");
        assertThat(status.host()).isEqualTo("h?[2J???");
        assertThat(status.place()).hasSize(255).endsWith("p...");
        assertThat(status.toString()).doesNotContainPattern("\\p{C}").hasSizeLessThan(1000);
    }

    @Test
    void should_sort_by_host_and_id_and_leave_out_who_is_silent_or_left() {
        beat("b2", "{\"host\":\"b\"}");
        beat("a9", "{\"host\":\"a\"}");
        beat("b1", "{\"host\":\"b\"}");
        beat("gone", "{\"host\":\"a\"}");
        beat("silent", "{\"host\":\"a\"}");
        queue.board().leave("gone");
        commands.zadd("jobmon:workers:hbs", queue.board().now() - LEASE.toMillis() - 1.0, "silent");
        assertThat(workers()).extracting(WorkerStatus::id).containsExactly("a9", "b1", "b2");
    }

    @Test
    void should_show_nobody_when_there_is_nobody() {
        assertThat(workers()).isEmpty();
    }
}
