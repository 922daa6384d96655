package io.jobmon.core.isolate;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of programs and child JVMs, all below one for temporary files, which ends with this JVM, however that ends. A
 * program's folder that is left as it was given is used again: to make one takes as long as to start a program.
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
                Path made = Files.createTempDirectory("jobmon-work-");
                Guardian.folder(made);
                removeAtTheEnd(made);
                CLEAN.clear();
                root = made;
                known = made;
            }
            return known;
        }
    }

    /** If anything was started, it may still run: then the guardian does it, once that is over. */
    private static void removeAtTheEnd(Path made) {
        Thread hook = new Thread(
                () -> {
                    if (!Guardian.outlives()) {
                        remove(made);
                    }
                },
                "jobmon-folders-1");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("This JVM is ending already; its guardian removes {}.", made, e);
        }
    }

    /** A new folder, for this user alone. */
    static Path make(String kind) throws IOException {
        return Files.createDirectory(
                root().resolve(kind + NUMBER.incrementAndGet()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
    }

    /**
     * A new folder for a child JVM.
     *
     * @throws JobMonException if there is no room
     */
    static Path ofChild() {
        try {
            return make("child-");
        } catch (IOException e) {
            throw Scratch.impossible(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** An empty folder to run in. */
    static Path take() throws IOException {
        Path clean = CLEAN.poll();
        return clean != null ? clean : make("run-");
    }

    /**
     * Takes a folder back: for the next program if it is clean.
     *
     * @param folder the folder
     * @param deserted whether nobody may write to it any more
     */
    static void giveBack(Path folder, boolean deserted) {
        if (!deserted || !isClean(folder) || !CLEAN.offer(folder)) {
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

    /** Removes a folder with all that is in it, as far as that is possible. */
    static void remove(Path folder) {
        IOException failed = Scratch.remove(folder);
        if (failed != null) {
            LOG.debug("The folder {} could not be removed.", folder, failed);
        }
    }
}
