package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the last machine of a route, through the others. Does not come back once it is lost. */
final class SshConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SshConnection.class);
    private static final int ANSWER_MILLIS = 30_000;
    private static final int KEEPALIVE_SECONDS = 15;
    private static final int KEEPALIVES_UNANSWERED = 4;

    private final Threads threads;
    private final Hop target;
    /** What to close, the last first. */
    private final Deque<Closeable> opened = new ArrayDeque<>();

    private @Nullable SSHClient client;
    private @Nullable RemoteFiles files;

    private SshConnection(Threads threads, Hop target) {
        this.threads = threads;
        this.target = target;
    }

    /** Connects and logs in to one machine after the other. */
    static SshConnection open(List<Hop> route, @Nullable Supplier<char[]> passphrase, Threads threads)
            throws InterruptedException {
        SshConnection connection = new SshConnection(threads, route.get(route.size() - 1));
        try {
            for (Hop hop : route) {
                connection.add(hop, passphrase);
            }
            return connection;
        } catch (RuntimeException | InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    private void add(Hop hop, @Nullable Supplier<char[]> passphrase) throws InterruptedException {
        HostKeyCheck check = new HostKeyCheck(hop);
        SSHClient next = new SSHClient(new Algorithms());
        opened.push(next);
        next.addHostKeyVerifier(check);
        next.setConnectTimeout((int) hop.connectTimeout().toMillis());
        next.setTimeout((int) hop.connectTimeout().toMillis());
        next.getTransport().setTimeoutMs(ANSWER_MILLIS);
        if (next.getConnection().getKeepAlive() instanceof KeepAliveRunner keeping) {
            keeping.setKeepAliveInterval(KEEPALIVE_SECONDS);
            keeping.setMaxAliveCount(KEEPALIVES_UNANSWERED);
        }
        try {
            threads.within(hop.connectTimeout().multipliedBy(2), () -> {
                connect(next, hop);
                return next;
            });
        } catch (IOException | TimeoutException | IllegalStateException e) {
            throw new JobMonException(check.refusal().orElseGet(() -> unreachable(hop, e)), e);
        }
        new Login(next, hop, passphrase).run();
        client = next;
    }

    private void connect(SSHClient next, Hop hop) throws IOException {
        if (client == null) {
            next.connect(hop.host(), hop.port());
            return;
        }
        DirectConnection through = client.newDirectConnection(hop.host(), hop.port());
        synchronized (opened) {
            // Closed after the client that speaks through it.
            opened.remove(next);
            opened.push(through);
            opened.push(next);
        }
        next.connectVia(through);
    }

    private String unreachable(Hop hop, Exception failure) {
        String via = client == null ? "" : " through " + client.getRemoteHostname();
        String what = failure instanceof OpenFailException refusal
                ? client == null ? Reasons.of(refusal) : "the machine in between says: " + refusal.getMessage()
                : Reasons.of(failure);
        return hop.place() + " cannot be reached" + via + ": " + what + ". See whether this works: " + hop.command()
                + "." + hop.remarks();
    }

    /** The machine that it leads to. */
    Hop target() {
        return target;
    }

    /** Whether nothing is known to be wrong with it. */
    boolean isAlive() {
        return client != null && client.isConnected() && client.isAuthenticated();
    }

    /** Opens a session, in which one command can run. */
    Session session() throws IOException {
        if (client == null || !isAlive()) {
            throw new SSHException("the connection is lost");
        }
        return client.startSession();
    }

    /** The way to copy files: SFTP, or commands if the machine has none, or breaks it by a banner. */
    RemoteFiles files() throws IOException, InterruptedException {
        RemoteFiles known = files;
        if (known != null) {
            return known;
        }
        SftpFiles sftp = new SftpFiles(target.place(), session());
        try {
            threads.within(Duration.ofMillis(ANSWER_MILLIS), () -> {
                sftp.start();
                return sftp;
            });
            known = sftp;
        } catch (IOException | TimeoutException e) {
            sftp.close();
            if (!isAlive()) {
                throw new SSHException("the connection is lost", e);
            }
            LOG.info(
                    "{} has no SFTP that can be used ({}); files are copied by commands",
                    target.place(),
                    Reasons.of(e));
            known = new CommandFiles(this, threads);
        }
        files = known;
        return known;
    }

    @Override
    public void close() {
        files = null;
        client = null;
        synchronized (opened) {
            while (!opened.isEmpty()) {
                close(opened.pop());
            }
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("A connection did not close cleanly", e);
        }
    }
}
