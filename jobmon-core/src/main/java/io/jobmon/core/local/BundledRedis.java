package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The redis-server that org.signal:embedded-redis holds as a resource, unpacked once per user.
 *
 * <p>Beside the program lies a file that says which length and time of change it had when its content was last compared; as
 * long as both are so it is not read again, which would take longer than the server's start.
 *
 * @param platform the operating system and the architecture, as the resource's name has them
 * @param caches the folders to unpack into, the first that can be used
 */
record BundledRedis(String platform, List<Path> caches) {

    private static final Logger LOG = LoggerFactory.getLogger(BundledRedis.class);
    private static final String PROGRAM = "redis-server-7.0.15-";
    private static final int BUSY_RUNS = 100;
    private static final String BUSY = "error=26,"; // ETXTBSY on Linux and macOS

    static BundledRedis ofSystem() {
        return new BundledRedis(
                platform(System.getProperty("os.name"), System.getProperty("os.arch")),
                CacheFolder.candidates(System.getenv()));
    }

    static String platform(String os, String arch) {
        String system = os.toLowerCase(Locale.ROOT);
        String machine = arch.toLowerCase(Locale.ROOT);
        return (system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system) + "-"
                + Map.of("x86_64", "amd64", "aarch64", "arm64").getOrDefault(machine, machine);
    }

    boolean windows() {
        return platform.startsWith("windows");
    }

    /** The program, unpacked; empty if there is none for this platform. */
    Optional<Path> unpacked() {
        URL resource = BundledRedis.class.getResource("/" + PROGRAM + platform);
        if (resource == null) {
            return Optional.empty();
        }
        List<String> failed = new ArrayList<>();
        for (Path cache : caches) {
            try {
                synchronized (BundledRedis.class) {
                    return Optional.of(unpacked(resource, cache));
                }
            } catch (IOException e) {
                LOG.debug("Cannot unpack into {}", cache, e);
                failed.add(cache + " (" + Folders.reason(e) + ")");
            }
        }
        throw new JobMonException("Cannot unpack the bundled Redis server into " + String.join(" or ", failed)
                + "; set XDG_CACHE_HOME to a folder where programs may run, or install redis-server.");
    }

    private Path unpacked(URL resource, Path cache) throws IOException {
        Path program = cache.resolve(PROGRAM + platform);
        Path stamp = cache.resolve(PROGRAM + platform + ".checked");
        CacheFolder.claim(cache);
        Path sample = Files.createTempFile(cache, "unpacking-", "");
        try {
            if (Files.isRegularFile(program, LinkOption.NOFOLLOW_LINKS)
                    && stampOf(resource, program).equals(read(stamp))) {
                return program;
            }
            byte[] digest = copy(resource, null);
            if (!Files.isRegularFile(program, LinkOption.NOFOLLOW_LINKS) || !Arrays.equals(digest, digest(program))) {
                unpack(resource, sample, digest);
                Files.move(sample, program, StandardCopyOption.ATOMIC_MOVE);
            }
            run(program);
            Path next = Files.writeString(Files.createTempFile(cache, "unpacking-", ""), stampOf(resource, program));
            Files.move(next, stamp, StandardCopyOption.ATOMIC_MOVE);
            return program;
        } finally {
            Files.deleteIfExists(sample);
        }
    }

    private static void unpack(URL resource, Path file, byte[] digest) throws IOException {
        copy(resource, file);
        if (!Arrays.equals(digest, digest(file))) {
            throw new IOException("what was written is not what is read");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    // A program just written cannot run while another thread's fork still holds the open file, for some milliseconds.
    private static void run(Path program) throws IOException {
        for (int left = BUSY_RUNS; ; left--) {
            try {
                if (RedisBinary.run(program).isEmpty()) {
                    throw new IOException("its --version says nothing");
                }
                return;
            } catch (IOException e) {
                if (left == 1 || !String.valueOf(e.getMessage()).contains(BUSY)) {
                    throw new IOException("programs cannot run there: " + e.getMessage(), e);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException("Interrupted while unpacking the Redis server.", e);
        }
    }

    private static String stampOf(URL resource, Path program) throws IOException {
        return resource.openConnection().getContentLengthLong() + " " + Files.size(program) + " "
                + Files.getLastModifiedTime(program) + "\n";
    }

    private static String read(Path stamp) throws IOException {
        return Files.exists(stamp) ? Files.readString(stamp) : "";
    }

    private static byte[] digest(Path file) throws IOException {
        return copy(file.toUri().toURL(), null);
    }

    private static byte[] copy(URL from, @Nullable Path to) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = from.openStream();
                OutputStream out = to == null ? OutputStream.nullOutputStream() : Files.newOutputStream(to)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
