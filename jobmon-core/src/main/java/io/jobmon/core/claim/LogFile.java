package io.jobmon.core.claim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file to which this JVM's output is appended from growing for ever: what it holds is copied to {@code .1}, an older
 * {@code .1} becomes {@code .2}, and so on, and the file is emptied in place, since the JVM keeps it open. What is printed
 * between the copy and that is lost.
 *
 * <p>It has a thread of its own: copying may take its time on a network's disk. Whatever goes wrong is said once, and changes
 * nothing for the worker.
 */
final class LogFile {

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    /** When it is longer it is emptied. */
    static final long LIMIT = 10L << 20;

    /** Of one that has grown faster than anybody looked, the end is kept. */
    static final long MOST = 4 * LIMIT;

    static final int KEPT = 3;
    private static final int PIECE = 1 << 20;

    private final Path file;
    private boolean failed;

    LogFile(Path file) {
        this.file = file;
    }

    /** Looks at it again and again, on a daemon thread, until the latch opens. */
    void keep(Duration interval, CountDownLatch end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                            look();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "jobmon-log-1");
        thread.setDaemon(true);
        thread.start();
    }

    /** Empties it if it has grown too long. */
    void look() {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LIMIT) {
                rotate();
            }
            failed = false;
        } catch (IOException | RuntimeException e) {
            if (!failed) {
                LOG.warn("The log {} cannot be kept short: {}", file, e.toString());
            }
            failed = true;
        }
    }

    private void rotate() throws IOException {
        Files.deleteIfExists(named(KEPT));
        Path copy = named("new");
        Files.deleteIfExists(copy);
        try {
            empty(copy);
            for (int number = KEPT; number > 1; number--) {
                if (Files.exists(named(number - 1))) {
                    Files.move(named(number - 1), named(number), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(copy, named(1), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private Path named(Object end) {
        return file.resolveSibling(file.getFileName() + "." + end);
    }

    /** A copy is for the same eyes. */
    private FileAttribute<?>[] rights() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
                };
    }

    private void empty(Path to) throws IOException {
        Set<OpenOption> created = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel copy = FileChannel.open(to, created, rights())) {
            long most = log.size();
            log.position(Math.max(0, most - MOST));
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            // What is appended meanwhile comes along, but a file that grows faster than it is copied is cut off.
            while (log.position() <= most + LIMIT && log.read(piece) >= 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    copy.write(piece);
                }
                piece.clear();
            }
            log.truncate(0);
        }
    }
}
