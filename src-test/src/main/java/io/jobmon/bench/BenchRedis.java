package io.jobmon.bench;

import io.jobmon.core.local.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;

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

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        redis.close();
    }
}
