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

/**
 * Which process a server is: process ids are given anew, but not to a process that began at the same time.
 *
 * @param pid the process id
 * @param start when it began; the system tells it to about a second, and otherwise when the clock was set
 * @param token what is the process' own as long as the machine runs, whatever the clock says; empty where there is none
 */
record ServerRecord(long pid, Instant start, String token) {

    private static final Duration TOLERANCE = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 10;

    ServerRecord(long pid, Instant start) {
        this(pid, start, "");
    }

    static Optional<ServerRecord> of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> new ServerRecord(pid, start, ProcessStat.token(pid)));
    }

    static void write(Path file, long pid) throws IOException {
        Optional<ServerRecord> record = of(pid);
        if (record.isPresent()) {
            Files.write(file, record.get().lines());
        }
    }

    List<String> lines() {
        return List.of(Long.toString(pid), start.toString(), token);
    }

    /** Reads a record; one that was cut short counts as none. */
    static Optional<ServerRecord> read(Path file) throws IOException {
        try {
            return parse(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Understands what {@link #lines} gave; more lines may follow. */
    static Optional<ServerRecord> parse(List<String> lines) {
        try {
            return Optional.of(new ServerRecord(
                    Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)), lines.size() > 2 ? lines.get(2) : ""));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    boolean alive() {
        return process().isPresent();
    }

    /** Asks the process to end. */
    void ask() {
        process().ifPresent(ProcessHandle::destroy);
    }

    /** Ends the process at once. */
    void end() {
        process().ifPresent(ProcessHandle::destroyForcibly);
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> !ProcessStat.defunct(pid))
                .filter(this::isIt);
    }

    private boolean isIt(ProcessHandle handle) {
        String now = token.isEmpty() ? "" : ProcessStat.token(pid);
        return now.isEmpty()
                ? handle.info()
                        .startInstant()
                        .filter(began -> Duration.between(start, began).abs().compareTo(TOLERANCE) <= 0)
                        .isPresent()
                : now.equals(token);
    }

    /** Waits until the process has ended; false if it has not. */
    boolean awaitEnd(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (alive()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobMonException("Interrupted while waiting for process " + pid + " to end.", e);
            }
        }
        return true;
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
