package io.jobmon.core.isolate;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds programs as a shell would. */
final class Programs {

    private Programs() {}

    /** The absolute path of a program; empty if it is not there or cannot be run. */
    static Optional<Path> find(String program, @Nullable String path) {
        if (program.indexOf('/') >= 0) {
            return runnable("", program);
        }
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            // An empty entry is the current folder, which is the experiment's own here.
            Optional<Path> found = folder.isEmpty() ? Optional.empty() : runnable(folder, program);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> runnable(String folder, String program) {
        try {
            Path file = Path.of(folder, program);
            boolean fine = file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file);
            return fine ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Why a program was not found, in words. */
    static String lack(String program) {
        if (program.indexOf('/') < 0) {
            return program + " is not on its PATH";
        }
        if (!program.startsWith("/")) {
            return program + " is a relative path and none of the job's files; add it with files(..)";
        }
        try {
            Path file = Path.of(program);
            return program + (Files.isRegularFile(file) ? " is not executable" : " is not there");
        } catch (InvalidPathException e) {
            return program + " is no path here";
        }
    }
}
