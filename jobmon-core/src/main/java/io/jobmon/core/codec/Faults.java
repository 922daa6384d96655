package io.jobmon.core.codec;

import io.jobmon.CommandException;
import io.jobmon.JobMonException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes what a job threw or a process did, whatever it is: bounded, and without trusting its methods.
 *
 * <p>Thread safety: no state.
 */
public final class Faults {

    /** The most bytes of UTF-8 that are kept of each of stdout and stderr: the last ones. */
    public static final int OUTPUT = 64 * 1024;

    private static final int MESSAGE = 1000;
    private static final int STACK = 2800;
    private static final int FRAMES = 12;
    private static final int CAUSES = 4;

    private Faults() {}

    /**
     * A described failure.
     *
     * @param key the same for failures of one cause: numbers in the message do not count
     * @param json type, message, stack
     * @param hopeless whether another attempt cannot help
     * @param output the end of what a process printed, as JSON: stdout, stderr; null if there is none
     */
    public record Described(String key, byte[] json, boolean hopeless, byte @Nullable [] output) {

        Described(String key, byte[] json, boolean hopeless) {
            this(key, json, hopeless, null);
        }

        /**
         * Adds what the experiment's process printed.
         *
         * @param stdout its standard output, or the end of it
         * @param stderr its standard error, or the end of it
         * @return a copy that carries the last {@link #OUTPUT} bytes of each; this if both are empty
         */
        public Described withOutput(String stdout, String stderr) {
            if (stdout.isEmpty() && stderr.isEmpty()) {
                return this;
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("stdout", end(stdout, OUTPUT));
            fields.put("stderr", end(stderr, OUTPUT));
            return new Described(key, json, hopeless, Json.text(fields).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Describes what was thrown.
     *
     * @param thrown the exception
     * @return the failure
     */
    public static Described describe(Throwable thrown) {
        Described described = described(
                thrown.getClass().getName(), message(thrown), stack(thrown), thrown instanceof OutcomeException);
        return withPrinted(described, thrown);
    }

    /**
     * Adds what a program printed that was ended or refused.
     *
     * @param described the failure
     * @param thrown what running the program threw, or null
     * @return the failure, with the output that the exception, or one suppressed by it, carries
     */
    public static Described withPrinted(Described described, @Nullable Throwable thrown) {
        if (thrown instanceof CommandException command) {
            return described.withOutput(
                    command.output().stdout(), command.output().stderr());
        }
        for (Throwable suppressed : thrown == null ? new Throwable[0] : thrown.getSuppressed()) {
            if (suppressed instanceof CommandException) {
                return withPrinted(described, suppressed);
            }
        }
        return described;
    }

    /**
     * Describes what kept the parameters from being made: they will be the same at the next attempt.
     *
     * @param thrown the exception
     * @return the failure
     */
    public static Described unbound(Throwable thrown) {
        Described described = describe(thrown);
        return new Described(described.key(), described.json(), thrown instanceof JobMonException);
    }

    /**
     * Describes a failure in words.
     *
     * @param type what kind of failure, such as the class of an exception
     * @param message what happened
     * @param stack where, or further lines; empty if there is nothing to add
     * @param hopeless whether another attempt cannot help
     * @return the failure, its texts shortened
     */
    public static Described described(String type, String message, String stack, boolean hopeless) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", fit(type, 200));
        fields.put("message", fit(message, MESSAGE));
        fields.put("stack", fit(stack, STACK));
        return new Described(
                key(Likeness.of(type, message, stack)), Json.text(fields).getBytes(StandardCharsets.UTF_8), hopeless);
    }

    /**
     * What failures of one cause share: the type, and message and own frames without numbers, addresses, ids and temporary paths.
     *
     * @param type what kind of failure
     * @param message what happened
     * @param stack where
     * @return a text, the same for failures that are alike
     */
    public static String likeness(String type, String message, String stack) {
        return Likeness.of(type, message, stack);
    }

    private static String key(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + "... (" + text.length() + " characters)";
    }

    /** Cuts to a number of bytes of UTF-8. */
    private static String fit(String text, int limit) {
        int bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (bytes > limit) {
                int end = at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
                return text.substring(0, end) + "... (" + text.length() + " characters)";
            }
        }
        return text;
    }

    /** The last characters that take at most so many bytes of UTF-8. */
    private static String end(String text, int limit) {
        int bytes = 0;
        int at = text.length();
        while (at > 0) {
            char c = text.charAt(at - 1);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (bytes > limit) {
                break;
            }
            at--;
        }
        if (at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at))) {
            at++;
        }
        return text.substring(at);
    }

    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (Throwable hostile) {
            return "(its getMessage() threw " + hostile.getClass().getName() + ")";
        }
    }

    private static String stack(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable cause = thrown;
        while (cause != null && seen.add(cause) && seen.size() <= CAUSES && text.length() < STACK) {
            if (cause != thrown) {
                text.append("caused by ").append(cause.getClass().getName());
                String message = cut(message(cause), 300);
                text.append(message.isEmpty() ? "" : ": " + message).append('\n');
            }
            frames(cause, text);
            cause = next(cause);
        }
        return text.toString();
    }

    private static @Nullable Throwable next(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable hostile) {
            return null;
        }
    }

    private static void frames(Throwable thrown, StringBuilder text) {
        StackTraceElement[] frames;
        try {
            frames = thrown.getStackTrace();
        } catch (Throwable hostile) {
            return;
        }
        int shown = 0;
        for (StackTraceElement frame : frames) {
            if (shown == FRAMES || frame.getClassName().startsWith("io.jobmon.core.")) {
                break;
            }
            text.append("at ").append(frame).append('\n');
            shown++;
        }
    }
}
