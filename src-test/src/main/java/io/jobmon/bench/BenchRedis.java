package io.jobmon.bench;

import io.jobmon.Sweep;
import io.jobmon.core.local.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;

/** A Redis server of the benchmark's own, without persistence, and a look into its memory. */
final class BenchRedis implements AutoCloseable {

    private final EmbeddedRedis redis;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private BenchRedis(EmbeddedRedis redis) {
        this.redis = redis;
        this.client = RedisClient.create(redis.uri());
        this.connection = client.connect();
    }

    static BenchRedis start() {
        return new BenchRedis(EmbeddedRedis.start(null));
    }

    String uri() {
        return redis.uri();
    }

    /** What the data set takes, in bytes, without what connections and scripts take. */
    long dataBytes() {
        return connection
                .sync()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory_dataset:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
                .findFirst()
                .orElseThrow();
    }

    /** Lets a sweep and its job look as if they had been posted two days ago. */
    void age(Sweep<?, ?> sweep) {
        String past = Long.toString(Instant.now().minus(Duration.ofDays(2)).toEpochMilli());
        connection.sync().hset("jobmon:jobs:times", sweep.jobHash(), past);
        connection.sync().hset("jobmon:{" + sweep.id() + "}:meta", "last", past);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        redis.close();
    }
}
