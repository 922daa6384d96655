package io.jobmon.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SSH server in this JVM, that runs commands by {@code sh} on this machine. */
public final class Node implements AutoCloseable {

    static final String USER = "me";

    private final Set<PublicKey> authorized = ConcurrentHashMap.newKeySet();
    private final List<String> brought = new CopyOnWriteArrayList<>();
    private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
    final AtomicInteger connections = new AtomicInteger();
    final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile SshServer server;
    private volatile List<KeyPair> hostKeys;
    private volatile String banner = "";
    private volatile String lastCommand = "";
    private volatile boolean runsLastCommand;

    Node(KeyPair... hostKeys) {
        this.hostKeys = List.of(hostKeys);
        this.server = server(0);
    }

    private SshServer server(int port) {
        SshServer made = SshServer.setUpDefaultServer();
        made.setHost("127.0.0.1");
        made.setPort(port);
        made.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
        made.setPublickeyAuthenticator((user, key, session) ->
                user.equals(USER) && authorized.stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
        made.setCommandFactory(this::shell);
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.addSftpEventListener(new Copies());
        made.setSubsystemFactories(List.of(sftp));
        made.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        made.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                connections.incrementAndGet();
            }
        });
        return made;
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
        if (lastCommand.isEmpty() || !command.contains(lastCommand)) {
            return new ShellCommand(line);
        }
        return new ShellCommand(runsLastCommand ? line : "cat >/dev/null").andThen(this::die);
    }

    /** Sees what is copied by SFTP. */
    private final class Copies implements SftpEventListener {

        @Override
        public void opening(ServerSession session, String handle, Handle file) {
            brought.add(String.valueOf(file.getFile().getFileName()));
        }

        @Override
        public void writing(
                ServerSession session,
                String handle,
                FileHandle file,
                long offset,
                byte[] data,
                int dataOffset,
                int dataLength)
                throws IOException {
            if (bytesLeft.addAndGet(-dataLength) <= 0) {
                // Not on this thread, which is to end by it without an answer.
                Thread death = new Thread(Node.this::die, "test-death");
                death.start();
                try {
                    death.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("this machine is dead");
            }
        }
    }

    /** What the login shell prints before each command. Breaks SFTP as it does with OpenSSH. */
    public Node banner(String text) {
        banner = text;
        server.setSubsystemFactories(List.of(new ChattySubsystem(text)));
        return this;
    }

    /** The names of the files that were brought here by SFTP, or begun to be, in the order of their beginning. */
    public List<String> brought() {
        return brought;
    }

    /** Dies when so many bytes of files have been brought here. */
    public void dieAfter(long bytes) {
        bytesLeft.set(bytes);
    }

    /** Dies when it is asked to run a command that holds a text: before it does so, or before it can say that it has. */
    public void dieAt(String text, boolean run) {
        runsLastCommand = run;
        lastCommand = text;
    }

    /** Is out of reach from now on, without a word of farewell. What runs here goes on. */
    public void die() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is there again, on the same port, and does not die by itself any more. */
    public void revive() throws IOException {
        bytesLeft.set(Long.MAX_VALUE);
        lastCommand = "";
        server = server(port());
        server.start();
    }

    /** Shows another key from now on, as a machine that was set up anew does. */
    public void changeHostKey() {
        hostKeys = List.of(Keys.ec());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    }

    /** Lets nobody in any more. */
    public void refuseAll() {
        authorized.clear();
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

    /** The fingerprint of its key. */
    public String fingerprint() {
        return Keys.blob(hostKey()).toString();
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
