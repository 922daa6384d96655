package io.jobmon.cli;

import io.jobmon.Job;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code jm} inside a test's JVM, with streams, environment and folders of the test's own. Nobody sits at its terminal. */
public final class JmRun {

    /**
     * What a command said.
     *
     * @param code its exit code
     * @param out standard output
     * @param err standard error
     */
    public record Said(int code, String out, String err) {

        /** The lines of standard output. */
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    private JmRun() {}

    /** Runs one command. */
    public static Said jm(Path folder, Map<String, String> environment, List<Job<?, ?>> jobs, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                null,
                false);
        int code = CommandRunner.run(
                new Surroundings(jobs, Optional.empty(), terminal, environment, folder, folder.resolve("home")), args);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
