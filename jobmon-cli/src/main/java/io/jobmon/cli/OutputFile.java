package io.jobmon.cli;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file that a command writes; {@code -} stands for standard output. */
final class OutputFile {

    private OutputFile() {}

    static void write(Path file, Consumer<Path> writer, PrintStream out) {
        if (!file.toString().equals("-")) {
            writer.accept(file);
            return;
        }
        try {
            Path between = Files.createTempFile("jobmon-", ".out");
            try {
                writer.accept(between);
                Files.copy(between, out);
            } finally {
                Files.deleteIfExists(between);
            }
        } catch (IOException e) {
            throw new JobMonException("The results cannot be written to standard output: " + e + "; give a file.", e);
        }
    }
}
