package io.jobmon.core.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for what takes a user's JVMs a while to make and is the same the next time. What lies there is run, so nobody
 * else may write there.
 *
 * <p>Thread safety: stateless.
 */
public final class CacheFolder {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);

    private CacheFolder() {}

    /**
     * Finds the folder, and makes it if it is not there.
     *
     * @return the first that can be used; empty if none can
     */
    public static Optional<Path> find() {
        for (Path folder : candidates(System.getenv())) {
            try {
                claim(folder);
                return Optional.of(folder);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("Cannot keep anything in {}", folder, e);
            }
        }
        return Optional.empty();
    }

    /** The folders that it may be, the best first. */
    static List<Path> candidates(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path home = Path.of(System.getProperty("user.home")); // "?" of a user without an entry in passwd
        if (xdg.startsWith("/")) {
            folders.add(Path.of(xdg, "jobmon"));
        } else if (home.isAbsolute()) {
            folders.add(home.resolve(".cache").resolve("jobmon"));
        }
        folders.add(Path.of(System.getProperty("java.io.tmpdir"), "jobmon-" + System.getProperty("user.name")));
        return folders;
    }

    /** Makes a folder for this user alone, and refuses one that is another's or that others may write to. */
    static void claim(Path folder) throws IOException {
        Folders.makePrivate(folder);
        Path sample = Files.createTempFile(folder, "unpacking-", "");
        try {
            if (!Folders.trusted(folder, sample)) {
                throw new IOException("other users may write there");
            }
        } finally {
            Files.deleteIfExists(sample);
        }
    }
}
