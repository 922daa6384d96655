package io.jobmon.core.isolate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how a process has ended. */
final class Exit {

    /** Stands where the class of an exception would stand. */
    static final String TYPE = "ChildDied";

    private static final String CRASHED = "A fatal error has been detected by the Java Runtime Environment";
    private static final int SIGNAL = 128;
    private static final int LAST_LINES = 12;
    private static final int OUT_OF_MEMORY = 3;
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            13, "SIGPIPE", 15, "SIGTERM");

    private Exit() {}

    static String how(Process process) {
        int code = process.exitValue();
        String own = own(code);
        if (own != null) {
            return own;
        }
        return code > SIGNAL
                ? "killed by signal " + (code - SIGNAL) + " (" + SIGNALS.getOrDefault(code - SIGNAL, "unknown") + ")"
                : "exit code " + code;
    }

    /** What a child says by an exit code of its own; null of any other. */
    private static @Nullable String own(int code) {
        return switch (code) {
            case Wire.OTHER_CODE ->
                "the class files of the job have changed since the worker started; restart the worker";
            case Wire.ORPHAN -> "the child JVM lost its standard input, as if its worker were gone";
            case Wire.BROKEN -> "the child JVM could not make or run the job";
            default -> null;
        };
    }

    static String lastLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    static String seconds(Duration wall) {
        return wall.toMillis() < 10_000
                ? String.format(Locale.ROOT, "%.3f s", wall.toNanos() / 1e9)
                : wall.toSeconds() + " s";
    }

    /** How a child has ended, in words. */
    static String message(Process process, String heap, String stdout, String stderr) {
        int code = process.exitValue();
        String own = own(code);
        if (own != null) {
            return own;
        }
        if (code == OUT_OF_MEMORY && (stdout + stderr).contains("java.lang.OutOfMemoryError")) {
            return "the child JVM ran out of memory, with a heap limit of " + heap + ": exit code " + code;
        }
        if (stdout.contains(CRASHED)) {
            return "the child JVM crashed: " + signalLine(stdout);
        }
        if (code > SIGNAL) {
            return "the child JVM was " + how(process)
                    + (code - SIGNAL == 9 ? ", by the system for want of memory or by somebody" : "");
        }
        return "the child JVM ended with exit code " + code + ": the job called System.exit or Runtime.halt";
    }

    /** The line of the JVM's own report that names the signal, such as {@code #  SIGSEGV (0xb) at pc=..}. */
    private static String signalLine(String stdout) {
        return stdout.substring(stdout.indexOf(CRASHED))
                .lines()
                .filter(line -> line.startsWith("#  "))
                .map(line -> line.substring(1).trim())
                .findFirst()
                .orElse("see its standard output");
    }
}
