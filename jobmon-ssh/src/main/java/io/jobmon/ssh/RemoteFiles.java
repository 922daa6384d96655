package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import net.schmizz.sshj.common.SSHException;

/** A way to copy files over a connection. */
interface RemoteFiles {

    /**
     * Copies a file to the machine, and tells how many bytes of it have been sent.
     *
     * @throws SSHException if the connection, or this way, is lost
     * @throws IOException if the file here cannot be read
     * @throws JobMonException if the machine refuses
     */
    void put(Path local, String remote, LongConsumer moved) throws IOException, InterruptedException;

    /**
     * Copies a file from the machine.
     *
     * @throws SSHException if the connection, or this way, is lost
     * @throws IOException if the file here cannot be written
     * @throws JobMonException if the machine refuses
     */
    void get(String remote, Path local) throws IOException, InterruptedException;
}
