package io.jobmon.core.identity;

import io.jobmon.core.codec.Json;
import io.jobmon.spi.CommandSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command job with its files as they are on this machine, now.
 *
 * <p>Thread safety: immutable.
 *
 * @param line its arguments
 * @param files its files, in order of their names
 * @param configuration what counts for its identity, as canonical JSON; of the environment only the names
 */
public record CommandForm(CommandLine line, List<CommandFile> files, String configuration) {

    private static final String DIGEST = "# SHA-256 ";
    private static final int HEX_DIGITS = 64;

    /**
     * Copies the list.
     *
     * @param line its arguments
     * @param files its files
     * @param configuration what counts for its identity
     */
    public CommandForm {
        files = List.copyOf(files);
    }

    /**
     * Looks at a command job.
     *
     * @param spec the job
     * @return its form
     * @throws UnreadyException if a file is not there
     * @throws io.jobmon.JobMonException if its arguments or the names of its files are refused
     */
    public static CommandForm of(CommandSpec<?> spec) {
        CommandFiles found = CommandFiles.of(spec.name(), spec.files(), spec.folder());
        CommandLine line = CommandLine.of(spec.name(), spec.argv(), found::nameOf);
        Map<String, String> digests = new LinkedHashMap<>();
        found.files().forEach(file -> digests.put(file.name(), file.sha256()));
        String configuration = Json.canonical(Map.of(
                "argv", line.identity(spec.argv()),
                "files", digests,
                "environment", List.copyOf(spec.environment().keySet()),
                "outcome", spec.outcome().getTypeName(),
                "function", spec.function() != null));
        return new CommandForm(line, found.files(), configuration);
    }

    /**
     * Checks what can be checked without the files.
     *
     * @param spec the job
     * @throws io.jobmon.JobMonException if its name or its arguments are refused
     */
    public static void check(CommandSpec<?> spec) {
        Identities.name(spec.name(), "CommandJob");
        List<Path> roots = spec.files().stream().map(Path::normalize).toList();
        CommandLine.of(
                spec.name(),
                spec.argv(),
                path -> roots.stream().anyMatch(path.normalize()::startsWith) ? path.toString() : null);
    }

    /** The values of the environment, hashed: they may be secrets. */
    static String environment(CommandSpec<?> spec) {
        List<@Nullable String> parts = new ArrayList<>();
        parts.add("environment of " + spec.name());
        spec.environment().forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return Fingerprint.of(parts);
    }

    /**
     * Finds the digests of files in what a job's source is shown as.
     *
     * @param source the text; anything
     * @return name to 64 hex digits; empty if it is not of a command job
     */
    public static Map<String, String> digests(String source) {
        Map<String, String> digests = new LinkedHashMap<>();
        source.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.startsWith(DIGEST) && line.length() > DIGEST.length() + HEX_DIGITS + 1)
                .map(line -> line.substring(DIGEST.length()))
                .forEach(line -> digests.put(line.substring(HEX_DIGITS + 1), line.substring(0, HEX_DIGITS)));
        return digests;
    }

    /** Arguments and the text of files, for people; at most so many characters. */
    String source(CommandSpec<?> spec, int limit) {
        StringBuilder text = new StringBuilder("# ").append(spec.name()).append('\n');
        for (Object argument : line.identity(spec.argv())) {
            Object shown = argument instanceof Map<?, ?> file ? file.get("file") : argument;
            text.append(Json.text(shown)).append('\n');
        }
        spec.environment()
                .keySet()
                .forEach(name -> text.append("# ").append(name).append("=...\n"));
        files.forEach(file -> text.append(DIGEST)
                .append(file.sha256())
                .append(' ')
                .append(file.name())
                .append('\n'));
        for (CommandFile file : files) {
            text.append("\n# ").append(file.name()).append('\n').append(content(file, limit - text.length()));
        }
        return text.length() > limit ? text.substring(0, limit) : text.toString();
    }

    private static String content(CommandFile file, int limit) {
        try {
            if (Files.size(file.path()) > limit) {
                return "# (too long to be shown)\n";
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file.path())))
                    .toString();
            return text.indexOf('\0') >= 0 ? "# (no text)\n" : text.endsWith("\n") ? text : text + "\n";
        } catch (CharacterCodingException e) {
            return "# (no text)\n";
        } catch (IOException e) {
            return "# (cannot be read)\n";
        }
    }
}
