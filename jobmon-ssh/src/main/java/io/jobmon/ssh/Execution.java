package io.jobmon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.jspecify.annotations.Nullable;

/**
 * One command in a session of its own. Its input is written and its two outputs are read at the same time, since a command
 * may wait for any of them.
 */
final class Execution {

    /** The machine runs no commands for this user. */
    static final class RefusedException extends SSHException {

        private static final long serialVersionUID = 1L;

        RefusedException(SSHException cause) {
            super("it runs no commands for this user", cause);
        }
    }

    private static final int BUFFER = 32 * 1024;
    private static final int SIGNALLED = 128;

    private final Session session;
    private final Threads threads;
    /** The first failure of a stream. The session is closed by it, so that the others end. */
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    private final AtomicBoolean abandoned = new AtomicBoolean();

    Execution(Session session, Threads threads) {
        this.session = session;
        this.threads = threads;
    }

    /**
     * Runs a command.
     *
     * @return its exit code; 128 and the signal's number if a signal ended it
     * @throws TimeoutException if it has not ended in time; it is asked to end then
     * @throws SSHException if the connection is lost: it may have run, and may still run
     * @throws IOException if a stream here fails
     */
    int run(String command, InputStream stdin, OutputStream stdout, OutputStream stderr, Duration timeout)
            throws IOException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        boolean ended = false;
        Session.Command running = started(command);
        try {
            Future<?> in = threads.start(() -> feed(stdin, running.getOutputStream()));
            Future<?> err = threads.start(() -> read(running.getErrorStream(), stderr));
            Future<?> out = threads.start(() -> read(running.getInputStream(), stdout));
            Threads.within(left(end), out);
            Threads.within(left(end), err);
            in.cancel(true);
            IOException failed = failure.get();
            if (failed != null) {
                throw failed;
            }
            awaitStatus(running, end);
            ended = true;
            return exitCode(running);
        } finally {
            if (!ended) {
                abandon();
            }
        }
    }

    /** The server says no before anything has run; SSHJ has no other sign of it than this message. */
    private Session.Command started(String command) throws SSHException {
        try {
            return session.exec(command);
        } catch (ConnectionException e) {
            abandon();
            if ("Request failed".equals(e.getMessage())) {
                throw new RefusedException(e);
            }
            throw e;
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(end - System.nanoTime());
    }

    private Void feed(InputStream from, OutputStream to) {
        try (to) {
            from.transferTo(to);
            // Closing alone drops what the other side had no room for yet.
            to.flush();
        } catch (IOException e) {
            // It need not read what it is given; if the connection is lost, those who read see it.
        }
        return null;
    }

    private Void read(InputStream from, OutputStream to) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
            }
        } catch (IOException e) {
            if (failure.compareAndSet(null, e)) {
                abandon();
            }
        }
        return null;
    }

    /** The exit code comes after the end of the outputs, and the end of the session after it. */
    private void awaitStatus(Session.Command running, long end) throws TimeoutException, SSHException {
        try {
            running.join(Math.max(1, left(end).toMillis()), TimeUnit.MILLISECONDS);
        } catch (SSHException e) {
            if (running.getExitStatus() == null && running.getExitSignal() == null) {
                if (e.getCause() instanceof TimeoutException late) {
                    throw late;
                }
                throw e;
            }
        }
    }

    private static int exitCode(Session.Command running) throws SSHException {
        Integer status = running.getExitStatus();
        if (status != null) {
            return status;
        }
        Signal signal = running.getExitSignal();
        if (signal == null) {
            throw new SSHException("the machine did not say how the command ended");
        }
        return SIGNALLED + number(signal);
    }

    /** The numbers of POSIX and Linux; of another signal the protocol tells only the name. */
    private static int number(Signal signal) {
        return switch (signal) {
            case HUP -> 1;
            case INT -> 2;
            case QUIT -> 3;
            case ILL -> 4;
            case ABRT -> 6;
            case FPE -> 8;
            case KILL -> 9;
            case USR1 -> 10;
            case SEGV -> 11;
            case USR2 -> 12;
            case PIPE -> 13;
            case ALRM -> 14;
            case TERM -> 15;
            case UNKNOWN -> 0;
        };
    }

    /**
     * Asks the command to end (OpenSSH passes that on, but not for root), and does not wait for it: a server may close the
     * session only when it has. Once only, since a server ends the whole connection when it is asked about a session that is
     * closed.
     */
    private void abandon() {
        if (abandoned.getAndSet(true)) {
            return;
        }
        threads.start(() -> {
            if (session.isOpen() && session instanceof Session.Command running) {
                running.signal(Signal.TERM);
            }
            session.close();
            return null;
        });
    }
}
