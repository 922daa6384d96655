package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One connection, and the one place where its errors are understood. Calls are repeated while Redis is out of reach, up to
 * the link's patience: all that is called can be run twice.
 *
 * <p>Thread safety: any number of threads.
 */
final class RedisLink implements AutoCloseable {

    static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration REPLY = Duration.ofSeconds(10);

    /** Redis 6.2 puts a sentence of its own before what a command in a script is answered. */
    private static final Pattern PASSING =
            Pattern.compile("^(ERR Error running script .*: -)?(LOADING|BUSY|OOM|READONLY"
                    + "|MASTERDOWN|MISCONF|NOREPLICAS|TRYAGAIN|CLUSTERDOWN)\\b");

    private final StatefulRedisConnection<String, byte[]> connection;
    private final Duration patience;
    private volatile boolean closing;

    RedisLink(RedisClient client, Duration patience) {
        this.connection = client.connect(CODEC);
        this.patience = patience;
    }

    RedisAsyncCommands<String, byte[]> async() {
        return connection.async();
    }

    /** Runs a script on sweeps. */
    List<Object> run(Script script, String[] keys, byte[]... arguments) {
        return ask(commands -> {
            try {
                return got(commands.<List<Object>>evalsha(script.sha(), ScriptOutputType.MULTI, keys, arguments));
            } catch (RedisNoScriptException e) {
                return got(commands.<List<Object>>eval(
                        script.text().getBytes(StandardCharsets.UTF_8), ScriptOutputType.MULTI, keys, arguments));
            }
        });
    }

    /** Runs commands that can be run twice. */
    <T> T ask(Function<RedisAsyncCommands<String, byte[]>, T> commands) {
        long end = System.nanoTime() + patience.toNanos();
        long pause = 20;
        while (true) {
            if (closing) {
                throw new JobMonException("This JobMon is closed; open another one.");
            }
            try {
                return commands.apply(connection.async());
            } catch (RedisException e) {
                if (!passing(e)) {
                    throw new JobMonException("Redis refused a command: " + e.getMessage(), e);
                }
                if (System.nanoTime() >= end) {
                    throw new QueueException(
                            "Redis is out of reach or cannot answer now: " + e.getMessage()
                                    + ". Check that the server runs and has memory left; then try again.",
                            e);
                }
            }
            sleep(ThreadLocalRandom.current().nextLong(pause) + 1);
            pause = Math.min(1000, pause * 2);
        }
    }

    /** Waits for a reply. */
    static <T> T got(CompletionStage<T> reply) {
        try {
            return reply.toCompletableFuture().get(REPLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while waiting for Redis.", e);
        } catch (TimeoutException e) {
            throw new RedisException("no reply within " + REPLY.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new RedisException(e.getCause());
        }
    }

    /** Waits for all replies; answers true. */
    static boolean gotAll(List<? extends CompletionStage<?>> replies) {
        replies.forEach(RedisLink::got);
        return true;
    }

    /** Whether an error goes away by itself: lost connections, time-outs, a server that loads, fails over or is full. */
    private static boolean passing(RedisException e) {
        if (!(e instanceof RedisCommandExecutionException)) {
            return true;
        }
        return PASSING.matcher(String.valueOf(e.getMessage())).find();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while waiting for Redis.", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        connection.close();
    }
}
