package io.jobmon.tests;

import io.jobmon.core.local.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A Redis server of a test's own, with a look at what it holds. */
final class OwnRedis implements AutoCloseable {

    private final EmbeddedRedis redis;
    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    private OwnRedis(EmbeddedRedis redis) {
        this.redis = redis;
        this.client = RedisClient.create(redis.uri());
        this.commands = client.connect().sync();
    }

    static OwnRedis start() {
        return new OwnRedis(EmbeddedRedis.start(null));
    }

    String uri() {
        return redis.uri();
    }

    String password() {
        return new String(RedisURI.create(redis.uri())
                .getCredentialsProvider()
                .resolveCredentials()
                .block()
                .getPassword());
    }

    int port() {
        return RedisURI.create(redis.uri()).getPort();
    }

    RedisCommands<String, String> commands() {
        return commands;
    }

    /** Every key with its serialised value. */
    Map<String, String> content() {
        Map<String, String> content = new TreeMap<>();
        for (String key : commands.keys("*")) {
            content.put(key, HexFormat.of().formatHex(commands.dump(key)));
        }
        return content;
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        redis.close();
    }
}
