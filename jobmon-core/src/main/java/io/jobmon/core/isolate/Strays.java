package io.jobmon.core.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that have left the group they were started in, and still carry its mark in their environment. Where there is /proc. */
final class Strays {

    private static final Path PROC = Path.of("/proc");

    private Strays() {}

    /**
     * Kills them.
     *
     * @param mark a variable and its value: {@code NAME=value}
     */
    static void kill(String mark) {
        if (!Files.isDirectory(PROC)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path each : all) {
                if (carries(each, mark)) {
                    ProcessHandle.of(Long.parseLong(each.getFileName().toString()))
                            .ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (IOException e) {
            // What cannot be listed is left to the guardian.
        }
    }

    static boolean carries(Path folder, String mark) {
        try {
            String environment = '\0' + Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
            return environment.contains('\0' + mark + '\0');
        } catch (IOException e) {
            return false;
        }
    }
}
