package io.jobmon.core.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How to start a process in a session of its own: Ctrl-C in a terminal goes to the whole foreground group, and the server has
 * to outlive the program's own orderly end.
 */
final class Sessions {

    private static final List<String> COMMAND = find();

    private Sessions() {}

    /** The words to put before a command; none where the machine offers no way. */
    static List<String> command() {
        return COMMAND;
    }

    private static List<String> find() {
        for (String folder : List.of("/usr/bin", "/bin")) {
            Path setsid = Path.of(folder, "setsid");
            if (Files.isExecutable(setsid)) {
                return List.of(setsid.toString());
            }
        }
        Path perl = Path.of("/usr/bin/perl"); // macOS has no setsid, but perl
        return Files.isExecutable(perl)
                ? List.of(perl.toString(), "-e", "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV")
                : List.of();
    }
}
