package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongConsumer;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.SessionFactory;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;
import org.jspecify.annotations.Nullable;

/** Copies files by SFTP, with many requests under way at once. */
final class SftpFiles implements RemoteFiles, Closeable {

    private static final int REQUESTS_UNDER_WAY = 32;
    private static final Set<OpenMode> REPLACING = EnumSet.of(OpenMode.WRITE, OpenMode.CREAT, OpenMode.TRUNC);
    private static final Set<OpenMode> READING = EnumSet.of(OpenMode.READ);
    private static final Set<StatusCode> LOST =
            EnumSet.of(StatusCode.UNKNOWN, StatusCode.NO_CONNECTION, StatusCode.CONNECITON_LOST);

    private final String place;
    private final Session session;
    private @Nullable SFTPEngine engine;

    SftpFiles(String place, Session session) {
        this.place = place;
        this.session = session;
    }

    /** Starts SFTP there. May wait for ever if a banner breaks it. */
    void start() throws IOException {
        engine = new SFTPEngine(new OneSession(session)).init();
    }

    @Override
    public void put(Path local, String remote, LongConsumer moved) throws IOException {
        SFTPEngine sftp = started();
        try (InputStream from = new CountedInput(Files.newInputStream(local), moved);
                RemoteFile file = sftp.open(remote, REPLACING);
                OutputStream to = file.new RemoteFileOutputStream(0, REQUESTS_UNDER_WAY)) {
            copy(from, to, sftp.getSubsystem().getRemoteMaxPacketSize() - file.getOutgoingPacketOverhead());
        } catch (SFTPException e) {
            throw refused(e, "cannot write " + remote);
        }
    }

    @Override
    public void get(String remote, Path local) throws IOException {
        SFTPEngine sftp = started();
        try (RemoteFile file = sftp.open(remote, READING);
                InputStream from = file.new ReadAheadRemoteFileInputStream(REQUESTS_UNDER_WAY);
                OutputStream to = Files.newOutputStream(local)) {
            copy(from, to, sftp.getSubsystem().getLocalMaxPacketSize());
        } catch (SFTPException e) {
            throw refused(e, "cannot read " + remote);
        }
    }

    private static void copy(InputStream from, OutputStream to, int size) throws IOException {
        byte[] buffer = new byte[size];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
        }
        to.flush();
    }

    private SFTPEngine started() throws IOException {
        if (engine == null) {
            throw new SSHException("SFTP was not started");
        }
        return engine;
    }

    /** What the machine answers is for the user; all else means that the connection is lost. */
    private JobMonException refused(SFTPException failure, String what) throws SFTPException {
        if (LOST.contains(failure.getStatusCode())) {
            throw failure;
        }
        String why = switch (failure.getStatusCode()) {
            case NO_SUCH_FILE, NO_SUCH_PATH -> "there is no such file or folder.";
            case PERMISSION_DENIED, WRITE_PROTECT -> "the user there may not; see who owns it.";
            default ->
                "'" + failure.getMessage() + "'. See whether the disk or a quota is full, or a folder is in its place.";
        };
        return new JobMonException(place + " " + what + ": " + why, failure);
    }

    @Override
    public void close() throws IOException {
        session.close();
    }

    /**
     * Gives the one session, so that it can be closed whatever becomes of SFTP.
     *
     * @param session the session
     */
    private record OneSession(Session session) implements SessionFactory {

        @Override
        public Session startSession() {
            return session;
        }

        /** Not told: it only goes into the name of a thread. */
        @Override
        public @Nullable InetSocketAddress getRemoteSocketAddress() {
            return null;
        }
    }
}
