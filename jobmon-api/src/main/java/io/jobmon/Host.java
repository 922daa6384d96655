package io.jobmon;

import java.time.Duration;
import java.util.List;

/**
 * A place where workers run: a machine, or a batch scheduler. {@link LocalHost} is one; jobmon-ssh has more. For a machine of
 * another kind write a {@link CommandChannel} and give it to {@link #over}.
 *
 * <p>All methods throw {@link JobMonException} with what to do if the host cannot be reached or refuses.
 *
 * <p>Thread safety: a {@link Fleet} uses a host on one thread at a time.
 *
 * @since 0.1
 */
public interface Host extends AutoCloseable {

    /**
     * A POSIX machine, reached over a channel.
     *
     * @param name what it is called in the fleet
     * @param channel runs commands and copies files there; closed with the host
     * @return the host: set the number of slots and so on there
     * @throws JobMonException if the name is blank or not one line
     */
    static ChannelHost over(String name, CommandChannel channel) {
        return new ChannelHost(name, channel);
    }

    /**
     * What the host is called. Two of one name are refused in a fleet.
     *
     * @return the name
     */
    String name();

    /**
     * Looks whether workers can run there: Java, disk, clock, work folder.
     *
     * @return what was found
     */
    HostCheck check();

    /**
     * Looks whether workers of a launch can run there: as {@link #check()}, and Redis, as it is seen from there. A batch
     * scheduler leaves that to each worker.
     *
     * @param request what is to be launched
     * @return what was found
     */
    default HostCheck check(WorkerRequest request) {
        return check();
    }

    /**
     * Brings what the host lacks of a bundle. What is there with the same content is not moved; an interrupted call can be
     * made again and goes on.
     *
     * @param bundle the bundle
     */
    void sync(Bundle bundle);

    /**
     * Finds bundles that nobody needs: not among those used last, and no launch runs from them. A host of your own that keeps
     * no bundles leaves this out.
     *
     * @param keep how many of those used last stay
     * @param remove whether to remove them, with their files
     * @return their ids
     */
    default List<String> collect(int keep, boolean remove) {
        return List.of();
    }

    /**
     * Starts workers, which outlive this program. Returns when they are started, or accepted by the batch scheduler.
     *
     * @param request what to start
     */
    void launch(WorkerRequest request);

    /**
     * Looks what runs there.
     *
     * @return what was found
     */
    HostStatus status();

    /**
     * Ends all workers that were launched there, by whatever program of this user, and takes away what belongs to them but
     * their logs. They are asked first, and killed when the grace is over.
     *
     * @param grace how long they may take to end by themselves
     */
    void stop(Duration grace);

    /**
     * Fetches the end of the workers' logs, the newest worker last.
     *
     * @param lines how many lines of each
     * @return the lines, each after its worker's name
     */
    List<String> logs(int lines);

    /** Closes connections; workers go on. Idempotent. */
    @Override
    default void close() {}
}
