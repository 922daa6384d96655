package io.jobmon.core.isolate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that programs run in, and the one for the copies of their files, all below one folder for temporary files that
 * ends with the JVM. One that is left as it was given is used again: to make one takes as long as to start a program.
 *
 * <p>Thread safety: any number of threads.
 */
final class Folders {

    private static final Logger LOG = LoggerFactory.getLogger(Folders.class);
    private static final String OWNER_ALONE = "rwx------";
    private static final int SPARE = 64;
    private static final Object LOCK = new Object();
    private static final BlockingQueue<Path> CLEAN = new LinkedBlockingQueue<>(SPARE);
    private static final AtomicLong NUMBER = new AtomicLong();
    private static @Nullable Path root;

    private Folders() {}

    private static Path root() throws IOException {
        synchronized (LOCK) {
            Path known = root;
            if (known == null || !Files.isDirectory(known)) {
                Path made = Files.createTempDirectory("jobmon-programs-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(made), "jobmon-programs-1"));
                CLEAN.clear();
                root = made;
                known = made;
            }
            return known;
        }
    }

    /** A new folder, for this user alone. */
    static Path make(String kind) throws IOException {
        return Files.createDirectory(
                root().resolve(kind + NUMBER.incrementAndGet()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
    }

    /** An empty folder to run in. */
    static Path take() throws IOException {
        Path clean = CLEAN.poll();
        return clean != null ? clean : make("run-");
    }

    /** Takes a folder back: for the next program if it is clean. */
    static void giveBack(Path folder) {
        if (!isClean(folder) || !CLEAN.offer(folder)) {
            remove(folder);
        }
    }

    private static boolean isClean(Path folder) {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            return !content.iterator().hasNext()
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                            .equals(OWNER_ALONE);
        } catch (IOException e) {
            return false;
        }
    }

    private static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException error) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.debug("The folder {} of a program could not be removed.", folder, e);
        }
    }
}
