package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A server under a guard (guard.sh) that ends it when this JVM ends. Thread safety: any number of threads.
 */
final class ServerProcess {

    private static final String GUARD = script();
    private static final int TAIL_BYTES = 4096;
    private static final int TAIL_LINES = 12;

    private final Process guard;
    private final long pid;
    private final Path log;
    private final long logStart;
    private final String secret;

    private ServerProcess(Process guard, long pid, Path log, long logStart, String secret) {
        this.guard = guard;
        this.pid = pid;
        this.log = log;
        this.logStart = logStart;
        this.secret = secret;
    }

    /**
     * Starts a server.
     *
     * @param binary the server's program
     * @param working its working folder
     * @param log the file that its output is appended to
     * @param config its configuration
     * @param secret what is never shown of its output
     */
    static ServerProcess spawn(Path binary, Path working, Path log, String config, String secret) {
        List<String> command = new ArrayList<>(Sessions.command());
        command.addAll(List.of("/bin/sh", "-c", GUARD, "jobmon-redis", binary.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(working.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("JOBMON_"));
        try {
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process guard = builder.start();
            return new ServerProcess(guard, begin(guard, config), log, logStart, secret);
        } catch (IOException e) {
            throw new JobMonException("Cannot start the Redis server " + binary + ": " + e.getMessage(), e);
        }
    }

    private static long begin(Process guard, String config) throws IOException {
        boolean begun = false;
        try {
            OutputStream input = guard.getOutputStream();
            input.write((config + "end\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
            String line = new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (line == null) {
                throw new IOException("/bin/sh ended at once");
            }
            begun = true;
            return Long.parseLong(line);
        } finally {
            if (!begun) {
                guard.destroy();
            }
        }
    }

    /** A port of the loopback interface that was free a moment ago. */
    static int freePort() {
        return ListenAddress.loopback().freePort();
    }

    long pid() {
        return pid;
    }

    boolean alive() {
        return guard.isAlive();
    }

    CompletableFuture<?> end() {
        return guard.onExit();
    }

    boolean portWasTaken() {
        // "Address already in use" with glibc, "Address in use" with musl, which the bundled server is built with.
        return !alive() && lastLines().contains("in use");
    }

    /** The last lines of this server's output. */
    String lastLines() {
        try (FileChannel channel = FileChannel.open(log)) {
            long from = Math.max(logStart, channel.size() - TAIL_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
            channel.read(bytes, from);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
            List<String> lines = text.replace(secret, "***").lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(its output " + log + " cannot be read: " + Folders.reason(e) + ")";
        }
    }

    /**
     * Ends the server and waits for it; after the limit it is killed.
     *
     * @return whether it ended by itself and without an error
     */
    boolean stop(Duration limit) {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            // The guard has ended already.
        }
        if (ended(limit)) {
            return guard.exitValue() == 0;
        }
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        ended(limit);
        return false;
    }

    // An interrupted thread closes, too: the server's data must reach the disk first.
    private boolean ended(Duration limit) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return guard.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(ServerProcess.class.getResourceAsStream("guard.sh"))) {
            // As an argument it shows in every list of processes: without its comments.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
