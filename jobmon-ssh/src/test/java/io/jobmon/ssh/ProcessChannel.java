package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands on this machine, with programs of a test before all others on the PATH. */
final class ProcessChannel implements CommandChannel {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private List<String> before = List.of();

    /**
     * Creates a channel.
     *
     * @param folder for programs of the test and for what commands print
     */
    ProcessChannel(Path folder) {
        this.folder = folder;
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
    }

    ProcessChannel environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Lets a login shell say something before every command. */
    ProcessChannel banner() {
        return shell("echo Welcome to the cluster; echo No mining >&2; exec \"$@\"");
    }

    /** What the login shell does with a command, which is in its arguments. */
    ProcessChannel shell(String lines) {
        before = List.of("sh", "-c", lines, "sh");
        return this;
    }

    /** Puts a program of the test there: lines of a shell. */
    ProcessChannel program(String name, String lines) {
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException(file + " cannot be made executable");
        }
        return this;
    }

    @Override
    public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
        List<String> command = new ArrayList<>(before);
        command.addAll(argv);
        try {
            Path out = Files.createTempFile(folder, "stdout", "");
            Path err = Files.createTempFile(folder, "stderr", "");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new JobMonException(argv + " has not ended in time");
            }
            return new CommandResult(process.exitValue(), text(out), text(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
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
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}
