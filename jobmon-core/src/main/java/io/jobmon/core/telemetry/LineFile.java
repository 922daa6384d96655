package io.jobmon.core.telemetry;

import io.jobmon.LogLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps lines in a file for its owner alone. One that has grown too long becomes {@code .1}, an older {@code .1} becomes {@code
 * .2}, and so on. Whatever goes wrong is said once, and lines are left out meanwhile.
 *
 * <p>Thread safety: any number of threads.
 */
public final class LineFile implements Consumer<LogLine>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);
    private static final long LIMIT = 10L << 20;
    private static final int KEPT = 3;

    private final Path file;
    private @Nullable BufferedWriter writer;
    private long size;
    private boolean failed;

    /**
     * Nothing is opened yet.
     *
     * @param file the file, appended to if it is there
     */
    public LineFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void accept(LogLine line) {
        String text = line.toString().replace("\n", "\n    ") + "\n";
        try {
            BufferedWriter open = opened();
            open.write(text);
            open.flush();
            size += text.getBytes(StandardCharsets.UTF_8).length;
            failed = false;
            if (size > LIMIT) {
                rotate();
            }
        } catch (IOException e) {
            if (!failed) {
                failed = true;
                LOG.warn("Lines of workers cannot be kept in {}: {}", file, e.toString());
            }
            close();
        }
    }

    private BufferedWriter opened() throws IOException {
        BufferedWriter open = writer;
        if (open == null) {
            if (!Files.exists(file)) {
                create();
            }
            size = Files.size(file);
            open = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            writer = open;
        }
        return open;
    }

    private void create() throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private void rotate() throws IOException {
        close();
        for (int k = KEPT; k > 0; k--) {
            Path older = k == 1 ? file : named(k - 1);
            if (Files.exists(older)) {
                Files.move(older, named(k), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path named(int number) throws FileSystemException {
        Path name = file.getFileName();
        if (name == null) {
            throw new FileSystemException(file.toString(), null, "names no file");
        }
        return file.resolveSibling(name + "." + number);
    }

    @Override
    public synchronized void close() {
        BufferedWriter open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("The last lines did not get into {}.", file, e);
            }
        }
    }
}
