package io.jobmon.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The home folder of a user who uses ssh. */
final class Workplace {

    final Path home;
    private Optional<Path> agent = Optional.empty();

    Workplace(Path home) {
        this.home = home;
    }

    Path ssh(String name) {
        return home.resolve(".ssh").resolve(name);
    }

    Workplace write(String name, String text) {
        try {
            Files.createDirectories(ssh(name).getParent());
            Files.writeString(ssh(name), text);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Workplace knows(String lines) {
        return write("known_hosts", lines);
    }

    Workplace agent(Path socket) {
        agent = Optional.of(socket);
        return this;
    }

    Places places() {
        return new Places(home, "local", agent);
    }

    SshChannel channel(String target) {
        return channel(target, SshOptions.DEFAULT);
    }

    SshChannel channel(String target, SshOptions options) {
        return new SshChannel(target, new Routes(options, places()), SshTarget.parse(target, "The test's host"));
    }
}
