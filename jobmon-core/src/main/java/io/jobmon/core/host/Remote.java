package io.jobmon.core.host;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The work folder of a host, and scripts that run there. Scripts are JobMon's own; what differs comes to them as arguments or
 * over standard input, never as part of their text.
 *
 * <p>Thread safety: for one thread at a time.
 */
final class Remote {

    private static final Duration QUICK = Duration.ofSeconds(60);
    private static final int WORDS = 2000;

    /** What the scripts know of processes and of bundles. */
    private static final String KNOWN = text("process.sh") + text("bundles.sh");

    private final String host;
    private final String workdir;
    private final CommandChannel channel;
    private @Nullable String folder;

    Remote(String host, String workdir, CommandChannel channel) {
        this.host = host;
        this.workdir = workdir;
        this.channel = channel;
    }

    String host() {
        return host;
    }

    CommandChannel channel() {
        return channel;
    }

    /** The absolute path of the work folder, which is made for this user alone. */
    String folder() {
        String known = folder;
        if (known == null) {
            known = ask("folder.sh", "", workdir).get(0);
            if (!known.startsWith("/") || known.contains(":")) {
                throw new JobMonException("The work folder of " + host + " is " + known
                        + ", which a class path cannot hold; set workdir(..) to a path without ':'.");
            }
            folder = known;
        }
        return known;
    }

    /** Runs a script; the lines that it prints. */
    List<String> ask(String script, String stdin, String... arguments) {
        return ask(KNOWN + text(script), stdin, QUICK, List.of(arguments));
    }

    /** Runs a text for sh; the lines that it prints, without what a login shell printed before. */
    List<String> ask(String text, String stdin, Duration timeout, List<String> arguments) {
        CommandResult result = run(text, stdin, timeout, arguments);
        if (!result.succeeded()) {
            throw new JobMonException(
                    host + ": " + words(result) + " (exit code " + result.exitCode() + " of the work there)");
        }
        return result.stdout().lines().toList();
    }

    /** Runs a text for sh, whatever its exit code. */
    CommandResult run(String text, String stdin, Duration timeout, List<String> arguments) {
        String mark = "jobmon-" + UUID.randomUUID();
        List<String> argv = new ArrayList<>(List.of("sh", "-c", "printf '\\n%s\\n' \"$1\"; shift\n" + text, "jobmon"));
        argv.add(mark);
        argv.addAll(arguments);
        CommandResult result = channel.run(argv, stdin.getBytes(StandardCharsets.UTF_8), timeout);
        int begin = result.stdout().indexOf("\n" + mark + "\n");
        if (begin < 0) {
            throw new JobMonException(host + " does not run sh as asked; it answers: " + words(result));
        }
        return new CommandResult(
                result.exitCode(), result.stdout().substring(begin + mark.length() + 2), result.stderr());
    }

    private static String words(CommandResult result) {
        String words = (result.stderr().isBlank() ? result.stdout() : result.stderr()).strip();
        return words.isEmpty()
                ? "nothing was said"
                : words.length() > WORDS ? words.substring(words.length() - WORDS) : words;
    }

    /** An answer that was cut off must not look like a short one. */
    void requireEnd(List<String> answer) {
        if (answer.isEmpty() || !answer.get(answer.size() - 1).equals("end")) {
            throw new JobMonException(
                    host + " answered in part only: " + answer.subList(0, Math.min(answer.size(), 5)));
        }
    }

    void put(Path local, String remote, LongConsumer moved) {
        channel.put(local, remote, moved);
    }

    static String text(String script) {
        try (InputStream in = Remote.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException("There is no script " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        channel.close();
    }
}
