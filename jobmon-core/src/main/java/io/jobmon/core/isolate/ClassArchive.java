package io.jobmon.core.isolate;

import io.jobmon.core.local.CacheFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the classes of children lie ready to be mapped (a CDS archive), so that a child starts in half the time. There is one
 * file for each user, JVM and set of jars. A JVM does not notice that a file is cut off and crashes, so the file's length
 * stands in its name; that it fits jars and options, the JVM checks itself, and does without it if not.
 *
 * <p>Thread safety: any number of threads and processes.
 */
final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String NAME = "children-";
    private static final String SUFFIX = ".jsa";
    private static final String DRAFT = "archiving-";
    private static final Duration UNUSED = Duration.ofDays(30);
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final int KEY_LENGTH = 32;

    private final Path folder;
    private final List<Path> jars;
    private final String name;
    private final InstantSource clock;

    /**
     * An archive that need not be there.
     *
     * @param folder where it is kept; nobody else may write there
     * @param jars what it is made of
     * @param clock what the time is
     */
    ClassArchive(Path folder, List<Path> jars, InstantSource clock) throws IOException {
        this.folder = folder;
        this.jars = List.copyOf(jars);
        this.name = NAME + key(jars) + '-';
        this.clock = clock;
    }

    /** The archive for children of this JVM; empty if there cannot be one. */
    static Optional<ClassArchive> ofThisJvm() {
        List<Path> jars = ChildLibraries.here();
        try {
            Optional<Path> folder = jars.isEmpty() ? Optional.empty() : CacheFolder.find();
            return folder.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ClassArchive(folder.get(), jars, InstantSource.system()));
        } catch (IOException e) {
            LOG.debug("There is no class archive of {}", jars, e);
            return Optional.empty();
        }
    }

    private static String key(List<Path> jars) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String property : List.of("java.home", "java.vm.name", "java.vm.vendor", "java.vm.version", "os.arch")) {
            all.append(System.getProperty(property)).append('\n');
        }
        for (Path jar : jars) {
            all.append(jar).append('\n').append(Files.size(jar)).append('\n');
            all.append(Files.getLastModifiedTime(jar)).append('\n');
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] key = digest.digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(key).substring(0, KEY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** What the class path has to begin with. */
    String classPath() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The file, if it is there and whole. */
    Optional<Path> file() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(this::whole).findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private boolean whole(Path file) {
        try {
            String given = file.getFileName().toString();
            return given.startsWith(name)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && given.equals(name + Files.size(file) + SUFFIX);
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes once a day that the file is of use. */
    void used(Path file) {
        try {
            if (old(file, A_DAY)) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            }
        } catch (IOException e) {
            LOG.debug("Cannot note that {} is of use", file, e);
        }
    }

    private boolean old(Path file, Duration age) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .isBefore(clock.instant().minus(age));
    }

    /** Whether a JVM can use a file. */
    interface Check {
        boolean loads(Path file) throws IOException;
    }

    /**
     * Keeps a file that a JVM has written, if another JVM can use it. Nothing happens if somebody was faster.
     *
     * @throws IOException if it cannot be kept, as on a full disk
     */
    void keep(Path written, Check check) throws IOException {
        clean();
        Path draft = Files.createTempFile(folder, DRAFT, "");
        try {
            try (FileChannel from = FileChannel.open(written, StandardOpenOption.READ);
                    FileChannel to = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                to.transferFrom(from, 0, from.size());
                // After a power cut there is a whole file or none.
                to.force(true);
            }
            if (check.loads(draft)) {
                publish(draft);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void publish(Path draft) throws IOException {
        Path file = folder.resolve(name + Files.size(draft) + SUFFIX);
        try {
            // A link and no move: a file that JVMs have mapped is not replaced, which would kill those on other
            // machines.
            Files.createLink(file, draft);
        } catch (IOException | UnsupportedOperationException e) {
            if (!whole(file)) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Removes what no child of any JVM has used for long, and what makers that were killed have left. */
    private void clean() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                String given = each.getFileName().toString();
                if (given.startsWith(DRAFT) && old(each, A_DAY) || given.startsWith(NAME) && old(each, UNUSED)) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            LOG.debug("Somebody else cleans {}, too", folder, e);
        }
    }
}
