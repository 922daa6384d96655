package io.jobmon.ssh;

import io.jobmon.Host;
import io.jobmon.spi.HostEntry;
import io.jobmon.spi.HostKind;
import io.jobmon.spi.HostSettings;
import java.nio.file.Path;
import java.util.Optional;

/** A machine over SSH in jobmon.yaml: {@code ssh: me@node1}. */
public final class SshKind implements HostKind {

    /** Called by {@link java.util.ServiceLoader}. */
    public SshKind() {}

    @Override
    public String key() {
        return "ssh";
    }

    @Override
    public Host read(HostEntry entry, HostSettings settings) {
        return settings.on(machine(entry));
    }

    /** The machine that an entry names, with what is SSH's own. */
    static SshHost machine(HostEntry entry) {
        String target = entry.text("ssh").orElseThrow(() -> entry.refusal("ssh", "write such as 'ssh: me@node1'"));
        SshHost host = SshHost.of(target);
        Optional<Path> identity = entry.text("identity").map(SshKind::path);
        Optional<Path> knownHosts = entry.text("known_hosts").map(SshKind::path);
        Optional<Path> config = entry.text("config").map(SshKind::path);
        host = identity.isPresent() ? host.identity(identity.get()) : host;
        host = knownHosts.isPresent() ? host.knownHosts(knownHosts.get()) : host;
        return config.isPresent() ? host.config(config.get()) : host;
    }

    private static Path path(String text) {
        return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
    }
}
