package io.jobmon.core.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Shell scripts that stand for a Redis server. */
final class Programs {

    private Programs() {}

    /** A program that tells a version, and otherwise does what the body says. */
    static Path write(Path folder, String name, String version, String body) throws IOException {
        Files.createDirectories(folder);
        Path program = folder.resolve(name);
        Files.writeString(
                program,
                "#!/bin/sh\nif [ \"$1\" = --version ]; then echo \"" + version + "\"; exit 0; fi\n" + body + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
