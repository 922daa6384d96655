package io.jobmon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** Runs a line by {@code sh}, as a login shell does. */
final class ShellCommand implements Command {

    private final String line;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback callback = (code, message, closing) -> {};
    private Runnable end;
    private volatile Process process;

    ShellCommand(String line) {
        this.line = line;
    }

    /** Does something when it has ended, and tells nobody its exit code. */
    ShellCommand andThen(Runnable work) {
        end = work;
        return this;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        callback = exit;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        Process started = new ProcessBuilder("sh", "-c", line).start();
        process = started;
        pump(in, started.getOutputStream(), true);
        Thread stdout = pump(started.getInputStream(), out, false);
        Thread stderr = pump(started.getErrorStream(), err, false);
        daemon(() -> {
            try {
                int code = started.waitFor();
                stdout.join();
                stderr.join();
                if (end == null) {
                    callback.onExit(code);
                } else {
                    end.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Thread pump(InputStream from, OutputStream to, boolean close) {
        return daemon(() -> {
            try {
                byte[] buffer = new byte[32 * 1024];
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
                if (close) {
                    to.close();
                }
            } catch (IOException e) {
                // The other side is gone.
            }
        });
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "test-shell");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void destroy(ChannelSession channel) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
