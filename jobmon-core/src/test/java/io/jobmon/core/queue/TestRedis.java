package io.jobmon.core.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real server on a free loopback port, in a folder of its own; it ends with this JVM, however that ends. */
final class TestRedis implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    static final String PASSWORD = "s3cr3t-of-the-test";

    private static final String GUARD = "exec 3<&0; \"$@\" </dev/null 3<&- & P=$!;"
            + " { cat <&3 >/dev/null; kill $P; } 2>/dev/null & exec 3<&-; wait $P";
    private static final Duration START = Duration.ofSeconds(20);

    private final String resource;
    private final List<String> extra;
    private Path folder;
    private Process process;
    private int port;

    private TestRedis(String resource, String... extra) {
        this.resource = resource;
        this.extra = List.of(extra);
    }

    /** The bundled server. */
    static TestRedis seven(String... extra) {
        return new TestRedis("redis-server-7.0.15-" + system() + "-" + machine(), extra);
    }

    /** The oldest version that is supported. */
    static TestRedis sixTwo(String... extra) {
        String version = system().equals("linux") && machine().equals("arm64") ? "6.2.7" : "6.2.6-v5";
        return new TestRedis("redis-server-" + version + "-" + system() + "-" + machine(), extra);
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String machine() {
        String arch = System.getProperty("os.arch");
        return arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "amd64";
    }

    TestRedis start() {
        try {
            folder = Files.createTempDirectory("jobmon-redis");
            Path binary = unpack();
            for (int attempt = 1; !begin(binary); attempt++) {
                if (attempt == 5) {
                    throw new AssertionError("No server on any free port: " + output());
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path unpack() throws IOException {
        Path binary = folder.resolve("redis-server");
        try (InputStream in = TestRedis.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new AssertionError("The test dependency with " + resource + " is missing.");
            }
            Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
        }
        if (!binary.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + binary + " executable");
        }
        return binary;
    }

    private boolean begin(Path binary) throws IOException {
        int bus;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
            bus = another.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "sh", binary.toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--dir", folder.toString(), "--requirepass", PASSWORD));
        command.addAll(extra);
        if (extra.contains("--cluster-enabled")) {
            command.addAll(List.of("--cluster-port", Integer.toString(bus)));
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            if (answers()) {
                return true;
            }
            if (!process.isAlive()) {
                String output = output();
                if (output.contains("shared libraries") || output.contains("Library not loaded")) {
                    throw new AssertionError(resource + " cannot run on this machine; install OpenSSL 3 (Debian,"
                            + " Ubuntu: apt-get install libssl3). It says: " + output);
                }
                return false;
            }
        }
        throw new AssertionError(resource + " did not answer within " + START + ": " + output());
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            OutputStream out = socket.getOutputStream();
            out.write(("AUTH " + PASSWORD + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[5];
            return socket.getInputStream().readNBytes(answer, 0, 5) == 5
                    && Arrays.equals(answer, "+OK\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false;
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    QueueServer server(String namespace) {
        return QueueServer.at(uri(), namespace, Duration.ofSeconds(12));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not stop");
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
