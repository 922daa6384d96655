package io.jobmon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/**
 * What becomes of SFTP where the login shell prints something first.
 *
 * @param text what it prints
 */
record ChattySubsystem(String text) implements SubsystemFactory {

    @Override
    public String getName() {
        return "sftp";
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
        return new Command() {

            private OutputStream out = OutputStream.nullOutputStream();

            @Override
            public void setInputStream(InputStream stream) {}

            @Override
            public void setOutputStream(OutputStream stream) {
                out = stream;
            }

            @Override
            public void setErrorStream(OutputStream stream) {}

            @Override
            public void setExitCallback(ExitCallback callback) {}

            @Override
            public void start(ChannelSession session, Environment environment) throws IOException {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                // What SFTP itself says first: a length, and version 3.
                out.write(new byte[] {0, 0, 0, 5, 2, 0, 0, 0, 3});
                out.flush();
            }

            @Override
            public void destroy(ChannelSession session) {}
        };
    }
}
