package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Redis server of a head, inside the head's own process. It ends with that process, however it ends.
 *
 * <p>Thread safety: any number of threads.
 */
public final class HeadServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeadServer.class);

    private final EmbeddedRedis redis;
    private final HeadFiles files;
    private boolean closed;

    private HeadServer(EmbeddedRedis redis, HeadFiles files) {
        this.redis = redis;
        this.files = files;
    }

    /**
     * Starts the server, and notes in the folder where it is and that this process is the head.
     *
     * @param folder the folder
     * @param listen where to listen, see {@link io.jobmon.spi.Heads#spawn}
     * @return the server; close it
     * @throws JobMonException if the folder is in use or cannot be used, or the server does not start
     */
    public static HeadServer start(Path folder, @Nullable String listen) {
        ListenAddress address = ListenAddress.parse(listen);
        LocalFolder local = LocalFolder.open(folder);
        HeadFiles files = new HeadFiles(local.directory());
        EmbeddedRedis redis = EmbeddedRedis.start(local, RedisBinary.ofSystem(), endpoint(address, last(files)));
        boolean noted = false;
        try {
            files.address(HeadAddress.parse(redis.uri()).orElseThrow());
            files.record(ServerRecord.of(ProcessHandle.current().pid()).orElseThrow());
            noted = true;
            return new HeadServer(redis, files);
        } catch (IOException e) {
            throw unwritable(folder, e);
        } finally {
            if (!noted) {
                redis.close();
            }
        }
    }

    private static Optional<HeadAddress> last(HeadFiles files) {
        try {
            return files.address();
        } catch (IOException e) {
            LOG.warn("Cannot read {}; this head has a new password and port.", files.uriFile(), e);
            return Optional.empty();
        }
    }

    private static JobMonException unwritable(Path folder, IOException e) {
        return new JobMonException(
                "Cannot write into the folder " + folder + " (" + Folders.reason(e) + "); choose another.", e);
    }

    /** The port of the last head first, so that its workers find the way back. */
    private static Endpoint endpoint(ListenAddress address, Optional<HeadAddress> last) {
        String password = last.map(HeadAddress::password).orElseGet(EmbeddedRedis::password);
        if (address.port() > 0) {
            return new Endpoint(address, password, address::port, true);
        }
        int[] first = {last.map(HeadAddress::port).orElse(0)};
        IntSupplier ports = () -> {
            int port = first[0];
            first[0] = 0;
            return port > 0 ? port : address.freePort();
        };
        return new Endpoint(address, password, ports, false);
    }

    /**
     * Where the server is.
     *
     * @return the URI, with the password
     */
    public String uri() {
        return redis.uri();
    }

    /**
     * The folder.
     *
     * @return its path
     */
    public Path folder() {
        return files.folder();
    }

    /**
     * Waits until the server has ended.
     *
     * @return whether it was closed; false: it ended by itself
     */
    public boolean await() {
        redis.end().join();
        synchronized (this) {
            return closed;
        }
    }

    /** Stops the server, waits until its data are on disk, and frees the folder. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            files.forget();
        } catch (IOException e) {
            LOG.warn("Cannot note in {} that the head ends.", files.folder(), e);
        } finally {
            redis.close();
        }
    }
}
