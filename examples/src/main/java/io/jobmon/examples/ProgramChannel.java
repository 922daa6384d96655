package io.jobmon.examples;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A way to a machine by a program that runs a command there: {@code docker exec -i box}, {@code kubectl exec -i pod --}. It has
 * to pass on each word as it is, and standard input. ({@code ssh} is none: it joins the words for a shell.)
 *
 * @param program the program and its arguments, in front of each command
 */
public record ProgramChannel(List<String> program) implements CommandChannel {

    @Override
    public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
        return with(files -> {
            Files.write(files.get(0), stdin); // only this user can read it
            int exitCode = run(argv, files.get(0), files.get(1), files.get(2), timeout);
            return new CommandResult(exitCode, text(files.get(1)), text(files.get(2)));
        });
    }

    @Override
    public void put(Path local, String remote) {
        with(files -> copied(List.of("sh", "-c", "cat >\"$1\"", "sh", remote), local, files.get(1), files.get(2)));
    }

    @Override
    public void get(String remote, Path local) {
        with(files -> copied(List.of("cat", remote), files.get(0), files.get(1), files.get(2))
                && local.equals(Files.copy(files.get(1), local, StandardCopyOption.REPLACE_EXISTING)));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private boolean copied(List<String> argv, Path in, Path out, Path err) throws IOException, InterruptedException {
        if (run(argv, in, out, err, Duration.ofHours(1)) != 0) {
            throw new JobMonException(program + " cannot copy: " + text(err));
        }
        return true;
    }

    private int run(List<String> argv, Path in, Path out, Path err, Duration timeout)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(program);
        words.addAll(argv);
        Process process = new ProcessBuilder(words)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JobMonException(program + " has not ended in " + timeout.toSeconds() + " s; see what hangs.");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private interface Work<T> {
        T with(List<Path> files) throws IOException, InterruptedException;
    }

    /** Lends three empty files. */
    private <T> T with(Work<T> work) {
        List<Path> files = new ArrayList<>();
        try {
            for (int k = 0; k < 3; k++) {
                files.add(Files.createTempFile("jobmon-", ""));
            }
            return work.with(files);
        } catch (IOException e) {
            throw new JobMonException(program + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while " + program + " ran.", e);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }

    /** Nothing is kept open. */
    @Override
    public void close() {}
}
