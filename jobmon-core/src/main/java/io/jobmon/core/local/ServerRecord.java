package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which process a server is: process ids are given anew, but not to a process that began at the same time.
 *
 * @param pid the process id
 * @param start when it began; the system tells it to about a second
 */
record ServerRecord(long pid, Instant start) {

    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static void write(Path file, long pid) throws IOException {
        Optional<Instant> start =
                ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
        if (start.isPresent()) {
            Files.write(file, List.of(Long.toString(pid), start.get().toString()));
        }
    }

    /** Reads a record; one that was cut short counts as none. */
    static Optional<ServerRecord> read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new ServerRecord(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1))));
        } catch (NoSuchFileException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(began -> Duration.between(start, began).abs().compareTo(TOLERANCE) <= 0)
                        .isPresent());
    }

    /** Waits until the process has ended; false if it has not. */
    boolean awaitEnd(Duration limit) {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return true;
        }
        try {
            process.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while waiting for the Redis server of a killed program to end.", e);
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            return process().isEmpty();
        }
    }

    /** Kills the process if it is a Redis or Valkey server; false if it has not ended. */
    boolean kill(Duration limit) {
        process()
                .filter(handle ->
                        handle.info().command().filter(ServerRecord::isServer).isPresent())
                .ifPresent(ProcessHandle::destroyForcibly);
        return awaitEnd(limit);
    }

    private static boolean isServer(String command) {
        String name = command.substring(command.lastIndexOf('/') + 1);
        return name.contains("redis") || name.contains("valkey");
    }
}
