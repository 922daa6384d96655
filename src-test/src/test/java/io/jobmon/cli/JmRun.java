package io.jobmon.cli;

import io.jobmon.Job;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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

    /** A command that goes on. */
    public static final class Going {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> code = new CompletableFuture<>();

        private Going() {}

        /** What it has said so far; the code is -1 as long as it runs. */
        public Said said() {
            return new Said(
                    code.getNow(-1), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        /** What it has said when it has ended. */
        public Said end() {
            code.join();
            return said();
        }
    }

    private JmRun() {}

    /** Runs one command. */
    public static Said jm(Path folder, Map<String, String> environment, List<Job<?, ?>> jobs, String... args) {
        Going going = new Going();
        run(going, folder, environment, jobs, args);
        return going.end();
    }

    /** Begins one command in a thread of its own. */
    public static Going begin(Path folder, Map<String, String> environment, List<Job<?, ?>> jobs, String... args) {
        Going going = new Going();
        new Thread(() -> run(going, folder, environment, jobs, args), "jm " + args[0]).start();
        return going;
    }

    private static void run(
            Going going, Path folder, Map<String, String> environment, List<Job<?, ?>> jobs, String... args) {
        Terminal terminal = new Terminal(
                new PrintStream(going.out, true, StandardCharsets.UTF_8),
                new PrintStream(going.err, true, StandardCharsets.UTF_8),
                null,
                false);
        Surroundings around =
                new Surroundings(jobs, Optional.empty(), terminal, environment, folder, folder.resolve("home"));
        try {
            going.code.complete(CommandRunner.run(around, args));
        } catch (RuntimeException | Error e) {
            going.code.completeExceptionally(e);
        }
    }
}
