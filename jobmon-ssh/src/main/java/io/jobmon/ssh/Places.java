package io.jobmon.ssh;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this user's SSH files are.
 *
 * @param home the home folder
 * @param user the user's name here
 * @param agent the agent's socket
 */
record Places(Path home, String user, Optional<Path> agent) {

    /** Those of the user who runs this program. */
    static Places ofThisUser() {
        return new Places(
                Path.of(System.getProperty("user.home")),
                System.getProperty("user.name"),
                Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
                        .filter(path -> !path.isBlank())
                        .map(Path::of));
    }

    /** The folder {@code .ssh}. */
    Path ssh() {
        return home.resolve(".ssh");
    }

    /** A path as users write it: {@code ~/} is the home folder, and what is not absolute lies below it. */
    Path expanded(String path) {
        if (path.equals("~")) {
            return home;
        }
        return home.resolve(path.startsWith("~/") ? path.substring(2) : path);
    }
}
