package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a server's program: of the machine, or the bundled one.
 *
 * @param path the folders to look in
 * @param bundled where the bundled program comes from
 */
record RedisBinary(List<Path> path, BundledRedis bundled) {

    private static final Logger LOG = LoggerFactory.getLogger(RedisBinary.class);
    private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)\\.(\\d+)");
    private static final int VERSION_SECONDS = 5;

    static RedisBinary ofSystem() {
        return new RedisBinary(folders(System.getenv("PATH")), BundledRedis.ofSystem());
    }

    private static List<Path> folders(String path) {
        List<Path> folders = new ArrayList<>();
        for (String name : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            try {
                Path folder = Path.of(name);
                if (folder.isAbsolute()) {
                    folders.add(folder);
                }
            } catch (InvalidPathException e) {
                LOG.debug("PATH holds {}", name, e);
            }
        }
        return folders;
    }

    /** The program, ready to run. */
    Path find() {
        if (bundled.windows()) {
            throw new JobMonException(
                    "There is no Redis server for Windows; start one elsewhere (or in WSL or Docker) and use"
                            + " JobMon.connect(\"redis://host:6379\").");
        }
        List<String> refused = new ArrayList<>();
        for (String name : List.of("redis-server", "valkey-server")) {
            for (Path folder : path) {
                Path candidate = folder.resolve(name);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    Optional<String> version = version(candidate);
                    if (version.filter(RedisBinary::recent).isPresent()) {
                        return candidate;
                    }
                    refused.add(candidate
                            + version.map(v -> " is of version " + v + ", 6.2 is the oldest")
                                    .orElse(" does not run"));
                }
            }
        }
        refused.forEach(line -> LOG.info("Not used: {}", line));
        return bundled.unpacked()
                .orElseThrow(() -> new JobMonException("No Redis server to start: "
                        + (refused.isEmpty() ? "none is on the PATH" : String.join("; ", refused))
                        + ", and none is bundled for "
                        + bundled.platform()
                        + ". Install redis-server 6.2 or newer, or use JobMon.connect(\"redis://host:6379\")."));
    }

    /** The version as two numbers with a dot, empty if the program does not run. */
    static Optional<String> version(Path program) {
        try {
            return run(program);
        } catch (IOException e) {
            LOG.debug("{} --version", program, e);
            return Optional.empty();
        }
    }

    static Optional<String> run(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        try {
            if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
            byte[] line = process.getInputStream().readNBytes(1024);
            Matcher matcher = VERSION.matcher(new String(line, StandardCharsets.UTF_8));
            return matcher.find() ? Optional.of(matcher.group(1) + "." + matcher.group(2)) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while looking for a Redis server.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean recent(String version) {
        String[] parts = version.split("\\.", -1);
        int major = Integer.parseInt(parts[0]);
        return major > 6 || (major == 6 && Integer.parseInt(parts[1]) >= 2);
    }
}
