package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server of this program's own: on a free port of the loopback interface, with a random password, ended when this
 * JVM ends, however it ends. Found on the PATH ({@code redis-server}, {@code valkey-server}), else the bundled one.
 *
 * <p>Thread safety: any number of threads.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final int TRIES = 10;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerProcess server;
    private final @Nullable LocalFolder folder;
    private final String uri;
    private boolean closed;

    private EmbeddedRedis(ServerProcess server, @Nullable LocalFolder folder, String uri) {
        this.server = server;
        this.folder = folder;
        this.uri = uri;
    }

    /**
     * Starts a server and waits until it answers; with much data in the folder that may take a while.
     *
     * @param directory the folder that keeps the data, made if need be; null: nothing is kept
     * @return the server; close it
     * @throws JobMonException if the folder cannot be used or is in use, if there is no server for this machine, or if it does
     *     not start
     */
    public static EmbeddedRedis start(@Nullable Path directory) {
        return start(directory, RedisBinary.ofSystem(), ServerProcess::freePort);
    }

    static EmbeddedRedis start(@Nullable Path directory, RedisBinary binaries, IntSupplier ports) {
        Endpoint endpoint = new Endpoint(ListenAddress.loopback(), password(), ports, false);
        if (directory == null) {
            Path empty = emptyFolder();
            try {
                return launch(binaries.find(), empty, empty.resolve("redis.log"), null, endpoint);
            } finally {
                // A server that keeps nothing needs no folder once it runs, and what is gone need not be cleaned up
                // after a kill.
                Folders.delete(empty);
            }
        }
        return start(LocalFolder.open(directory), binaries, endpoint);
    }

    /** Starts a server in a folder that is open, and frees it if that fails. */
    static EmbeddedRedis start(LocalFolder folder, RedisBinary binaries, Endpoint endpoint) {
        boolean started = false;
        try {
            EmbeddedRedis redis = launch(binaries.find(), folder.data(), folder.log(), folder, endpoint);
            started = true;
            return redis;
        } finally {
            if (!started) {
                folder.close(folder.lastStopWasOrderly());
            }
        }
    }

    private static EmbeddedRedis launch(
            Path binary, Path working, Path log, @Nullable LocalFolder folder, Endpoint endpoint) {
        ListenAddress address = endpoint.address();
        String password = endpoint.password();
        for (int left = endpoint.fixed() ? 1 : TRIES; ; left--) {
            int port = endpoint.ports().getAsInt();
            ServerProcess server = ServerProcess.spawn(
                    binary, working, log, config(address, port, password, folder != null), password);
            boolean ready = false;
            try {
                if (folder != null) {
                    folder.record(server.pid());
                }
                ready = RedisProbe.await(server, address.number(), port, password);
                if (ready) {
                    return new EmbeddedRedis(server, folder, "redis://:" + password + "@" + address.at(port));
                }
                if (endpoint.fixed() && server.portWasTaken()) {
                    throw new JobMonException("Port " + port + " at " + address.name()
                            + " is in use by another program; give another, or none for one that is free.");
                }
                if (left == 1 || !server.portWasTaken()) {
                    throw new JobMonException("The Redis server " + binary + " ended at its start. Its last lines:\n"
                            + server.lastLines());
                }
            } finally {
                if (!ready) {
                    server.stop(STOP_LIMIT);
                }
            }
        }
    }

    private static String config(ListenAddress address, int port, String password, boolean durable) {
        // hash-max-ziplist-value is the name that 6.2 knows; to later versions it is an alias of
        // hash-max-listpack-value.
        return "bind " + address.digits() + "\n" + "port " + port + "\n" + "requirepass " + password + "\n"
                + "daemonize no\n"
                + "maxmemory-policy noeviction\n" + "hash-max-ziplist-value 1024\n" + "save \"\"\n"
                + (durable
                        ? "appendonly yes\nappendfsync everysec\n"
                        : "appendonly no\ndbfilename none-" + password.substring(0, 8) + ".rdb\n");
    }

    /** A new one: 48 hex digits. */
    static String password() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Path emptyFolder() {
        try {
            return Files.createTempDirectory("jobmon-redis-");
        } catch (IOException e) {
            throw new JobMonException(
                    "Cannot make a temporary folder for the Redis server (" + Folders.reason(e)
                            + "); set -Djava.io.tmpdir to a folder that can be written.",
                    e);
        }
    }

    /**
     * Where the server listens. It holds the password: never print it.
     *
     * @return {@code redis://:password@127.0.0.1:port}
     */
    public String uri() {
        return uri;
    }

    /**
     * Whether the folder was closed in order the last time, so that nothing was running when the program ended.
     *
     * @return true also for a new folder, and without a folder
     */
    public boolean lastStopWasOrderly() {
        return folder == null || folder.lastStopWasOrderly();
    }

    long pid() {
        return server.pid();
    }

    /** Done when the server has ended, by whatever cause. */
    CompletableFuture<?> end() {
        return server.end();
    }

    /** Stops the server, waits until its data are on disk, and frees the folder. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean orderly = server.stop(STOP_LIMIT);
        if (folder != null) {
            folder.close(orderly);
        }
    }

    /**
     * The server without its password.
     *
     * @return a line
     */
    @Override
    public String toString() {
        return "Redis server, process " + server.pid();
    }
}
