package io.jobmon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A way to run commands on a machine and to bring files there: all that {@link Host#over} needs. Write one for machines that
 * neither {@link LocalHost} nor SSH reaches.
 *
 * <p>Thread safety: JobMon uses a channel on one thread at a time.
 *
 * @since 0.1
 */
public interface CommandChannel extends AutoCloseable {

    /**
     * Runs a command and waits for its end.
     *
     * @param argv the program and its arguments, to be passed on as they are: no character of them may get a meaning
     * @param stdin what the command reads from standard input; it may hold a secret, so keep it out of logs
     * @param timeout how long to wait
     * @return how it ended, whatever its exit code
     * @throws JobMonException if it cannot be run, or has not ended in time
     */
    CommandResult run(List<String> argv, byte[] stdin, Duration timeout);

    /**
     * Copies a file to the machine. A file that is there is replaced.
     *
     * @param local the file here
     * @param remote its absolute path there, in a folder that is there
     * @throws JobMonException if it cannot be copied; a part of it may be there then
     */
    void put(Path local, String remote);

    /**
     * As {@link #put(Path, String)}, and tells how far it is. A channel that only knows how to copy need not write this.
     *
     * @param local the file here
     * @param remote its absolute path there
     * @param moved told how many bytes of the file are there by now, as often as that is known
     * @throws JobMonException as {@link #put(Path, String)}
     */
    default void put(Path local, String remote, LongConsumer moved) {
        put(local, remote);
        moved.accept(local.toFile().length());
    }

    /**
     * Copies a file from the machine.
     *
     * @param remote its absolute path there
     * @param local where to put it here
     * @throws JobMonException if it cannot be copied
     */
    void get(String remote, Path local);

    /** Closes connections; what runs on the machine goes on. Idempotent. */
    @Override
    void close();
}
