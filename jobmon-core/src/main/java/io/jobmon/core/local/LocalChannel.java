package io.jobmon.core.local;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Commands and copies on this machine.
 *
 * <p>Thread safety: any number of threads.
 */
public final class LocalChannel implements CommandChannel {

    /** Creates a channel. */
    public LocalChannel() {}

    @Override
    public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
        Process process;
        try {
            process = new ProcessBuilder(argv).start();
        } catch (IOException e) {
            throw new JobMonException(argv.get(0) + " cannot be run on this machine: " + e.getMessage(), e);
        }
        CompletableFuture<byte[]> out = reading(process.getInputStream(), "out");
        CompletableFuture<byte[]> err = reading(process.getErrorStream(), "err");
        CompletableFuture<Boolean> in = writing(process.getOutputStream(), stdin);
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JobMonException(argv.get(0) + " has not ended within " + timeout.toSeconds()
                        + " s on this machine and was killed.");
            }
            // What it has started in the background may hold the pipes.
            in.cancel(false);
            return new CommandResult(process.exitValue(), text(out), text(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while " + argv.get(0) + " ran.", e);
        } finally {
            process.descendants().filter(child -> process.isAlive()).forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(CompletableFuture<byte[]> bytes) throws InterruptedException {
        try {
            return new String(bytes.get(10, TimeUnit.SECONDS), StandardCharsets.UTF_8);
        } catch (ExecutionException | TimeoutException e) {
            throw new JobMonException("The output of a command on this machine cannot be read to its end.", e);
        }
    }

    private static CompletableFuture<byte[]> reading(InputStream stream, String what) {
        return async("jobmon-command-" + what, () -> {
            try (stream) {
                return stream.readAllBytes();
            }
        });
    }

    private static CompletableFuture<Boolean> writing(OutputStream stream, byte[] bytes) {
        return async("jobmon-command-in", () -> {
            try (stream) {
                stream.write(bytes);
                return true;
            } catch (IOException e) {
                // It need not read what it is given.
                return false;
            }
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> CompletableFuture<T> async(String name, Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        done.complete(work.run());
                    } catch (IOException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    @Override
    public void put(Path local, String remote) {
        copy(local, Path.of(remote));
    }

    @Override
    public void get(String remote, Path local) {
        copy(Path.of(remote), local);
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JobMonException(
                    "Cannot copy " + from + " to " + to + ": " + Folders.reason(e)
                            + ". See who may write there, and whether the disk is full: make room, or set another workdir(..).",
                    e);
        }
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
