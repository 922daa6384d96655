package io.jobmon.core.isolate;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders that live as long as an experiment. */
final class Scratch {

    private Scratch() {}

    static Path make(String prefix) {
        return make(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    static Path make(Path parent, String prefix) {
        try {
            return Files.createTempDirectory(parent, prefix);
        } catch (IOException e) {
            throw impossible(parent, e);
        }
    }

    static JobMonException impossible(Path parent, IOException e) {
        return new JobMonException(
                "A scratch folder cannot be made in " + parent + "; make room there, or set java.io.tmpdir.", e);
    }

    static @Nullable IOException remove(Path dir) {
        try {
            Files.walkFileTree(dir, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
            return null;
        } catch (IOException e) {
            return e;
        }
    }
}
