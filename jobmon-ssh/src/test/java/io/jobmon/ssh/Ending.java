package io.jobmon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A command that ends in a way that this JVM's processes cannot. */
final class Ending implements Command {

    /** The way. */
    enum How {
        /** By SIGTERM, as the protocol says it. */
        SIGNAL,
        /** Without a word. */
        SILENT
    }

    private final How how;

    Ending(How how) {
        this.how = how;
    }

    @Override
    public void setInputStream(InputStream stream) {}

    @Override
    public void setOutputStream(OutputStream stream) {}

    @Override
    public void setErrorStream(OutputStream stream) {}

    @Override
    public void setExitCallback(ExitCallback callback) {}

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        if (how == How.SIGNAL) {
            Buffer request = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
            request.putUInt(channel.getRecipient());
            request.putString("exit-signal");
            request.putBoolean(false);
            request.putString("TERM");
            request.putBoolean(false);
            request.putString("");
            request.putString("");
            channel.writePacket(request);
        }
        channel.close(false);
    }

    @Override
    public void destroy(ChannelSession channel) {}
}
