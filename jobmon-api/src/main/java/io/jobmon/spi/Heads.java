package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts and ends heads, one per folder. A head's folder is one of {@link io.jobmon.JobMon#local(Path)}: what the one has left
 * there the other goes on with, one at a time.
 *
 * <p>Thread safety: any number of threads.
 */
public interface Heads {

    /**
     * Starts a head in a session of its own, without a terminal, and waits until its Redis answers. Data that the folder holds
     * are loaded. A port that was given freely, and the password, are those of the folder's last head: workers find their way
     * back.
     *
     * @param folder the folder, made if need be
     * @param listen null for the loopback interface and a free port; else {@code ADDRESS} or {@code ADDRESS:PORT} of this
     *     machine, IPv6 with a port as {@code [::1]:6379}
     * @return the head
     * @throws JobMonException if the folder has a head already or is in use, if it is no folder or cannot be written, if the
     *     address is none of this machine's or the port is in use, or if there is no Redis server for this machine
     */
    Head spawn(Path folder, @Nullable String listen);

    /**
     * Looks for a folder's head: its process is there, and it is the one that was started then.
     *
     * @param folder the folder
     * @return the head; empty if none runs
     * @throws JobMonException if it cannot be read, or if the head was started on another machine, from which nobody can see
     *     here whether it lives
     */
    Optional<Head> find(Path folder);

    /**
     * Ends a folder's head in order: its data are on disk, and the next head goes on with them.
     *
     * @param folder the folder
     * @param grace how long it may take; then it is killed
     * @throws JobMonException if no head runs there (of one that was killed, the rests are cleared away), or it does not end
     */
    void kill(Path folder, Duration grace);
}
