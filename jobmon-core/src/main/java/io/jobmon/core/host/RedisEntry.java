package io.jobmon.core.host;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What {@code redis:} of jobmon.yaml says: a URI, or the file that holds one. Thread safety: stateless. */
final class RedisEntry {

    private static final String KEY = "redis";
    private static final String URI = "(?s)redis(s|-sentinel|s-sentinel)?://.+";
    private static final String BETTER =
            ", or write the address into a file of its own: redis: { file: ~/.jobmon/redis }";

    private RedisEntry() {}

    static Supplier<String> read(YamlEntry top, Path yaml) {
        if (top.isPlain(KEY)) {
            String uri = top.text(KEY).orElse("").strip();
            if (!uri.matches(URI)) {
                throw top.refusal(
                        KEY, "write a URI such as redis://head:6379, or { file: PATH } of a file that holds one");
            }
            refuseOpenPassword(top, yaml, uri);
            return () -> uri;
        }
        YamlEntry entry = top.below(KEY, "redis://head:6379, or { file: PATH } of a file that holds a URI");
        String path = entry.text("file").orElseThrow(() -> entry.refusal("", "write { file: PATH }"));
        entry.refuseRest("file");
        Path file = ProjectFile.path(top, KEY, path, yaml);
        return () -> uri(file, yaml);
    }

    private static void refuseOpenPassword(YamlEntry top, Path yaml, String uri) {
        try {
            if (uri.contains("@") && YamlFile.open(yaml)) {
                throw top.refusal(
                        KEY,
                        "it holds a password, and other users of this machine can read the file: chmod 600 " + yaml
                                + BETTER);
            }
        } catch (IOException e) {
            throw new JobMonException(yaml + " cannot be read; check its path and rights.", e);
        }
    }

    private static String uri(Path file, Path yaml) {
        try {
            String uri = Files.readString(file).strip();
            if (!uri.matches(URI)) {
                throw new JobMonException(file + ", which redis: of " + yaml
                        + " names, holds no URI of Redis; write one such as redis://head:6379 into it.");
            }
            if (uri.contains("@") && YamlFile.open(file)) {
                throw new JobMonException("Other users of this machine can read " + file
                        + ", which holds the password of Redis: chmod 600 " + file + ".");
            }
            return uri;
        } catch (NoSuchFileException e) {
            throw new JobMonException(
                    file + ", which redis: of " + yaml
                            + " names, is not there; start a head in its folder (jm spawn), or correct the path.",
                    e);
        } catch (IOException e) {
            throw new JobMonException(
                    file + ", which redis: of " + yaml + " names, cannot be read; check its rights.", e);
        }
    }
}
