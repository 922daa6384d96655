package io.jobmon.core.post;

import io.jobmon.Job;
import io.jobmon.Sweep;
import io.jobmon.core.codec.Json;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.local.EmbeddedRedis;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueServer;
import io.jobmon.core.run.Listeners;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Posting to a real Redis whose workers are only cards on the board. */
abstract class PostCase {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private static EmbeddedRedis redis;
    private static QueueServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> commands;

    private Queue queue;

    @BeforeAll
    static void openServer() {
        redis = EmbeddedRedis.start(null);
        server = QueueServer.at(redis.uri(), "jobmon", LEASE);
        client = RedisClient.create(redis.uri());
        commands = client.connect().sync();
    }

    @AfterAll
    static void closeServer() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        server.close();
        redis.close();
    }

    @BeforeEach
    final void openLane() {
        commands.flushall();
        queue = server.lane(Duration.ofSeconds(10));
    }

    @AfterEach
    final void closeLane() {
        queue.close();
    }

    static RedisCommands<String, String> commands() {
        return commands;
    }

    final Queue queue() {
        return queue;
    }

    static Job<Integer, Integer> percolation(String version) {
        return Job.of("Percolation", version, Integer.class, Integer.class, (value, experiment) -> value);
    }

    final PostContext context(Duration patience, Duration firstNotice) {
        return new PostContext(
                queue, LEASE, Optional.ofNullable(patience), firstNotice, job -> {}, task -> {}, Listeners.NONE);
    }

    final Poster poster(Duration patience, Duration firstNotice) {
        return new Poster(context(patience, firstNotice));
    }

    final void worker(String id, Job<?, ?> job, String... tags) {
        String base = Identities.of(job).base();
        queue.board()
                .beat(
                        id,
                        List.of("host"),
                        Json.text(Map.of(
                                "jobs", List.of(Map.of("name", job.name(), "base", base)), "tags", List.of(tags))));
    }

    static void state(Sweep<?, ?> sweep, String state, String reason) {
        commands.hset("jobmon:{" + sweep.id() + "}:meta", Map.of("state", state, "reason", reason));
    }
}
