package io.jobmon.core.result;

import io.jobmon.JobMonException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file beside its place and renames it: readers see the old content or the new, never a part. */
final class NewFile {

    private static final int BUFFER = 1 << 16;

    /** What is to be written. */
    interface Content {
        void to(Writer out) throws IOException;
    }

    /** What is to be written, if it is no text. */
    interface Bytes {
        void to(OutputStream out) throws IOException;
    }

    private NewFile() {}

    static void write(Path file, Content content) {
        save(file, bytes -> {
            try (Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER)) {
                content.to(out);
            }
        });
    }

    static void save(Path file, Bytes content) {
        if (file == null) {
            throw new JobMonException("The file is null; give a path to write to.");
        }
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                if (Files.isDirectory(target)) {
                    throw new JobMonException(file + " is a folder; give the name of a file in it.");
                }
                stream(target, content);
                return;
            }
            Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try {
                stream(beside, content);
                move(beside, target);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new JobMonException(
                    file + " cannot be written: " + e + "; make its folder, or choose another place.", e);
        }
    }

    private static void stream(Path file, Bytes content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            content.to(out);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
