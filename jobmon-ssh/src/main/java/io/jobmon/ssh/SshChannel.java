package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import io.jobmon.spi.ShellWords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;

/**
 * Commands and copies over one SSH connection, which is made when it is first needed, and made anew if it was lost in
 * between. A command that may have run is never run again; a copy is.
 *
 * <p>Thread safety: for one thread.
 */
final class SshChannel implements CommandChannel {

    private final String name;
    private final Routes routes;
    private final SshTarget target;
    private final Threads threads;
    private @Nullable SshConnection connection;
    private boolean closed;

    SshChannel(String name, Routes routes, SshTarget target) {
        this.name = name;
        this.routes = routes;
        this.target = target;
        this.threads = new Threads(name);
    }

    @Override
    public CommandResult run(List<String> argv, byte[] stdin, Duration timeout) {
        if (argv.isEmpty()) {
            throw new JobMonException("There is no command to run on " + name + "; give one.");
        }
        String program = argv.get(0);
        BoundedOutput stdout = new BoundedOutput("standard output");
        BoundedOutput stderr = new BoundedOutput("standard error");
        try {
            int exitCode = new Execution(session(), threads)
                    .run(ShellWords.join(argv), new ByteArrayInputStream(stdin), stdout, stderr, timeout);
            return new CommandResult(exitCode, stdout.text(), stderr.text());
        } catch (TimeoutException e) {
            throw new JobMonException(
                    program + " has not ended within " + timeout.toSeconds() + " s on " + name
                            + ", or something it has started"
                            + " still holds its output. It was asked to end, which not every server passes on: see what runs there.",
                    e);
        } catch (BoundedOutput.TooMuchException e) {
            throw new JobMonException(
                    program + " was ended on " + name + ": " + e.getMessage() + "; let it write to a file there.", e);
        } catch (Execution.RefusedException e) {
            throw new JobMonException(
                    name + " lets us in, but runs no commands for this user; ask its administrator to allow them.", e);
        } catch (IOException e) {
            throw new JobMonException(
                    "The connection to " + name + " was lost while " + program + " ran (" + Reasons.of(e)
                            + "). It may have run, and may still run: look there before you do it again (status() shows the"
                            + " workers of a host, stop() ends them).",
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void put(Path local, String remote) {
        put(local, remote, moved -> {});
    }

    @Override
    public void put(Path local, String remote, LongConsumer moved) {
        if (!Files.isRegularFile(local) || !Files.isReadable(local)) {
            throw new JobMonException(local + " is no file that can be read, so it was not copied to " + name + ".");
        }
        copy(local, files -> files.put(local, remote, moved));
    }

    @Override
    public void get(String remote, Path local) {
        Path part = local.resolveSibling(local.getFileName() + ".part");
        copy(local, files -> {
            try {
                files.get(remote, part);
                Files.move(part, local, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        });
    }

    private interface Copy {
        void by(RemoteFiles files) throws IOException, InterruptedException;
    }

    /** Copies; once more if the connection is lost, since a copy can be made twice. */
    private void copy(Path local, Copy copy) {
        try {
            try {
                copy.by(connected().files());
            } catch (SSHException e) {
                disconnect();
                if (Reasons.isInterrupt(e)) {
                    throw interrupted(e);
                }
                copy.by(connected().files());
            }
        } catch (SSHException e) {
            disconnect();
            throw new JobMonException(
                    "The connection to " + name + " was lost, twice, while " + local.getFileName() + " was copied ("
                            + Reasons.of(e) + "). See whether the network is steady, then try again.",
                    e);
        } catch (IOException e) {
            throw new JobMonException(local + ", to be copied to or from " + name + ": " + Reasons.of(e) + ".", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private JobMonException interrupted(Exception e) {
        Thread.currentThread().interrupt();
        return new JobMonException("Interrupted while " + name + " was used.", e);
    }

    /** Opens a session. Nothing has run yet, so a connection that was lost unnoticed is made anew. */
    private Session session() throws InterruptedException {
        boolean known = connection != null && connection.isAlive();
        try {
            try {
                return connected().session();
            } catch (OpenFailException e) {
                throw e;
            } catch (IOException | IllegalStateException e) {
                disconnect();
                if (Reasons.isInterrupt(e)) {
                    throw interrupted(e);
                }
                if (!known) {
                    throw e;
                }
                return connected().session();
            }
        } catch (IOException | IllegalStateException e) {
            throw new JobMonException(
                    name + " lets us in, but opens no session: " + Reasons.of(e)
                            + ". See whether its administrator allows commands, and how many sessions at once.",
                    e);
        }
    }

    private SshConnection connected() throws InterruptedException {
        if (closed) {
            throw new JobMonException("The connection to " + name + " was closed; make the host anew.");
        }
        SshConnection known = connection;
        if (known != null && known.isAlive()) {
            return known;
        }
        disconnect();
        SshConnection made =
                SshConnection.open(routes.to(target), routes.options().passphrase(), threads);
        connection = made;
        return made;
    }

    private void disconnect() {
        SshConnection known = connection;
        connection = null;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
        threads.close();
    }
}
