package io.jobmon.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SSH server in this JVM, that runs commands by {@code sh} on this machine. */
final class Node implements AutoCloseable {

    static final String USER = "me";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<KeyPair> hostKeys;
    private final Set<PublicKey> authorized = ConcurrentHashMap.newKeySet();
    final AtomicInteger connections = new AtomicInteger();
    final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile String banner = "";

    Node(KeyPair... hostKeys) {
        this.hostKeys = List.of(hostKeys);
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
        server.setPublickeyAuthenticator((user, key, session) ->
                user.equals(USER) && authorized.stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
        server.setCommandFactory(this::shell);
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                connections.incrementAndGet();
            }
        });
    }

    /** A node with an ECDSA key, which lets one key in. */
    static Node letting(KeyPair client) throws IOException {
        return new Node(Keys.ec()).authorize(client).start();
    }

    Node authorize(KeyPair client) {
        authorized.add(client.getPublic());
        return this;
    }

    Node start() throws IOException {
        server.start();
        return this;
    }

    private Command shell(ChannelSession channel, String command) {
        commands.add(command);
        String line = banner.isEmpty() ? command : "printf '%s' '" + banner + "'; " + command;
        return new ShellCommand(line);
    }

    /** What the login shell prints before each command. Breaks SFTP as it does with OpenSSH. */
    Node banner(String text) {
        banner = text;
        server.setSubsystemFactories(List.of(new ChattySubsystem(text)));
        return this;
    }

    SshServer server() {
        return server;
    }

    int port() {
        return server.getPort();
    }

    /** What to give to {@link SshHost#of}. */
    String target() {
        return USER + "@127.0.0.1:" + port();
    }

    /** Its lines for {@code known_hosts}. */
    String known() {
        StringBuilder lines = new StringBuilder();
        hostKeys.forEach(key -> lines.append(known(key.getPublic())).append('\n'));
        return lines.toString();
    }

    String known(PublicKey key) {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(key);
    }

    KeyPair hostKey() {
        return hostKeys.get(0);
    }

    /** Cuts all connections, as a broken network does. */
    void cut() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
