package io.jobmon.ssh;

import io.jobmon.JobMonException;
import io.jobmon.spi.ShellWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import net.schmizz.sshj.common.SSHException;

/** Copies files by commands, for machines without SFTP. */
final class CommandFiles implements RemoteFiles {

    /** The connection is watched, so this only ends what hangs there. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final String PUT = "cat > \"$1\" && n=$(wc -c < \"$1\") && printf '%s %s\\n' \"$2\" \"$n\"";
    private static final String GET = "n=$(wc -c < \"$1\") && printf '%s %s\\n' \"$2\" \"$n\" && cat < \"$1\"";

    private final SshConnection connection;
    private final Threads threads;

    CommandFiles(SshConnection connection, Threads threads) {
        this.connection = connection;
        this.threads = threads;
    }

    @Override
    public void put(Path local, String remote, LongConsumer moved) throws IOException, InterruptedException {
        String marker = marker();
        AfterMarker answer = new AfterMarker(marker, OutputStream.nullOutputStream());
        long size = Files.size(local);
        try (InputStream from = new CountedInput(Files.newInputStream(local), moved)) {
            run(PUT, remote, marker, from, answer, "write");
        }
        if (answer.missing() != size) {
            throw new JobMonException(connection.target().place() + " wrote " + Math.max(0, answer.missing())
                    + " bytes of " + size + " to " + remote + "; see whether the disk or a quota is full there.");
        }
    }

    @Override
    public void get(String remote, Path local) throws IOException, InterruptedException {
        String marker = marker();
        try (OutputStream to = Files.newOutputStream(local)) {
            AfterMarker content = new AfterMarker(marker, to);
            run(GET, remote, marker, InputStream.nullInputStream(), content, "read");
            if (content.missing() != 0) {
                throw new JobMonException(connection.target().place() + " sent only a part of " + remote
                        + "; see whether it is being written, then try again.");
            }
        }
    }

    private static String marker() {
        return "jobmon-" + UUID.randomUUID();
    }

    private void run(String script, String remote, String marker, InputStream stdin, OutputStream stdout, String what)
            throws IOException, InterruptedException {
        String command = ShellWords.join(List.of("sh", "-c", script, "sh", remote, marker));
        BoundedOutput stderr = new BoundedOutput("standard error");
        int exitCode;
        try {
            exitCode = new Execution(connection.session(), threads).run(command, stdin, stdout, stderr, LONGEST);
        } catch (TimeoutException e) {
            throw new SSHException(e);
        }
        if (exitCode != 0) {
            throw new JobMonException(connection.target().place() + " cannot " + what + " " + remote + ": "
                    + stderr.text().strip() + " (exit code " + exitCode + ").");
        }
    }
}
