package io.jobmon.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.TreeMap;

/** SSH servers in this JVM under aliases of a configuration, for tests of other modules. A server is started when it is asked for. */
public final class SshMachines implements AutoCloseable {

    private final Path folder;
    private final KeyPair client = Keys.ec();
    private final Map<String, Node> nodes = new TreeMap<>();

    /**
     * Prepares.
     *
     * @param folder for keys and the configuration
     */
    public SshMachines(Path folder) {
        this.folder = folder;
        Keys.write(client, folder.resolve("client"));
    }

    /**
     * A host that is reached over SSH, under an alias.
     *
     * @param alias its name in the configuration
     * @return the host
     */
    public synchronized SshHost host(String alias) {
        try {
            if (!nodes.containsKey(alias)) {
                nodes.put(alias, Node.letting(client));
            }
            StringBuilder config = new StringBuilder();
            StringBuilder known = new StringBuilder();
            nodes.forEach((name, node) -> {
                config.append("Host ")
                        .append(name)
                        .append("\n  HostName 127.0.0.1\n  User " + Node.USER + "\n  Port ")
                        .append(node.port())
                        .append("\n  IdentityFile ")
                        .append(folder.resolve("client"))
                        .append("\n  IdentityAgent none\n  UserKnownHostsFile ")
                        .append(folder.resolve("known_hosts"))
                        .append('\n');
                known.append(node.known());
            });
            Files.writeString(folder.resolve("known_hosts"), known);
            Files.writeString(folder.resolve("config"), config);
            return SshHost.of(alias).config(folder.resolve("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The machine behind an alias.
     *
     * @param alias its name in the configuration, which was asked for before
     * @return the machine
     */
    public synchronized Node node(String alias) {
        return nodes.get(alias);
    }

    /** Ends all servers. */
    @Override
    public synchronized void close() {
        for (Node node : nodes.values()) {
            try {
                node.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
