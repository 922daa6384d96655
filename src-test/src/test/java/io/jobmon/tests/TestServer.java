package io.jobmon.tests;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** A Redis server that can be killed and started again on the same port and folder. It ends with this JVM. */
final class TestServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final boolean durable;
    private final RedisClient client;
    private Process guard;
    private long pid;

    private TestServer(Path folder, boolean durable) throws IOException {
        this.folder = folder;
        this.durable = durable;
        this.port = freePort();
        this.client = RedisClient.create(RedisURI.create(uri()));
        this.guard = spawn();
        await();
    }

    /** A server that writes an append-only file. */
    static TestServer durable(Path folder) throws IOException {
        return new TestServer(folder, true);
    }

    /** A server that forgets all when it ends. */
    static TestServer forgetful(Path folder) throws IOException {
        return new TestServer(folder, false);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process spawn() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "log=$1; shift; \"$@\" >>\"$log\" 2>&1 & echo $!; cat >/dev/null; kill -9 $!",
                "guard",
                folder.resolve("redis.log").toString(),
                program().toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--dir", folder.toString()));
        command.addAll(List.of("--save", "", "--appendonly", durable ? "yes" : "no", "--appendfsync", "everysec"));
        Process process =
                new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        pid = Long.parseLong(line);
        return process;
    }

    private Path program() throws IOException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Path program = folder.resolve("redis-server");
        if (!Files.exists(program)) {
            try (InputStream in = TestServer.class.getResourceAsStream("/redis-server-7.0.15-" + os + "-" + arch)) {
                Files.copy(in, program);
            }
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + program + " executable");
            }
        }
        return program;
    }

    private void await() {
        Awaitility.await()
                .atMost(START)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> ask(RedisCommands::ping).equals("PONG"));
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Asks on a connection of its own. */
    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    /** Ends the server as a power cut would end its process. */
    void kill() {
        Forks.signal(pid, "KILL");
        Awaitility.await().atMost(START).until(() -> Forks.gone(pid));
        endGuard();
    }

    /** Starts it again. */
    void restart() throws IOException {
        guard = spawn();
        await();
    }

    private void endGuard() {
        try {
            guard.getOutputStream().close();
            guard.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        endGuard();
    }
}
