package io.jobmon.ssh;

import io.jobmon.spi.ShellWords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One machine to log in to, all looked up.
 *
 * @param address the machine
 * @param keys which keys are tried
 * @param known where keys of machines are looked up
 * @param connectTimeout how long to wait for it
 * @param opening options that {@code ssh} needs to find the same files
 * @param notes what a user should know if it cannot be reached
 */
record Hop(Address address, Keys keys, Known known, Duration connectTimeout, List<String> opening, List<String> notes) {

    /**
     * Where to log in, and as whom.
     *
     * @param name what the user or a {@code ProxyJump} calls it
     * @param host its name or address
     * @param port its port
     * @param user who logs in there
     */
    record Address(String name, String host, int port, String user) {}

    /**
     * Which keys are tried.
     *
     * @param files in order
     * @param only whether the agent may give no others
     * @param agent the agent's socket
     */
    record Keys(List<Path> files, boolean only, Optional<Path> agent) {}

    /**
     * Where keys of machines are looked up.
     *
     * @param files in order
     * @param alias the name under which it stands there, if not its own
     */
    record Known(List<Path> files, Optional<String> alias) {}

    String name() {
        return address.name();
    }

    String host() {
        return address.host();
    }

    int port() {
        return address.port();
    }

    String user() {
        return address.user();
    }

    /** The machine, as messages name it. */
    String place() {
        String place = host() + " port " + port();
        return name().equals(host()) ? place : name() + " (" + place + ")";
    }

    /** The command by which the user can log in there by hand. */
    String command() {
        List<String> words = new ArrayList<>(List.of("ssh"));
        words.addAll(opening);
        if (port() != SshTarget.DEFAULT_PORT) {
            words.addAll(List.of("-p", Integer.toString(port())));
        }
        words.add(user() + "@" + name());
        return ShellWords.join(words);
    }

    /** The notes, each after a space. */
    String remarks() {
        return notes.isEmpty() ? "" : " " + String.join(" ", notes);
    }
}
