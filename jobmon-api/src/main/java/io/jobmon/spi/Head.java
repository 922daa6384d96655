package io.jobmon.spi;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A head that runs: a process that outlives the program which started it, with a Redis server that keeps its data in a folder.
 * Thread safety: immutable.
 *
 * @param folder the folder
 * @param uri where Redis is, with the password: never print it
 * @param uriFile the file that holds the URI, for its owner alone
 * @param logFile what the head says
 * @param pid the head's process
 * @param address where Redis listens, such as {@code 127.0.0.1:40123} or {@code [::1]:40123}
 * @param since when the head was started
 * @param notices what its user has to know, a line each
 */
public record Head(
        Path folder,
        String uri,
        Path uriFile,
        Path logFile,
        long pid,
        String address,
        Instant since,
        List<String> notices) {

    /**
     * Copies the list.
     *
     * @param folder the folder
     * @param uri where Redis is
     * @param uriFile the file that holds the URI
     * @param logFile what the head says
     * @param pid the head's process
     * @param address where Redis listens
     * @param since when the head was started
     * @param notices what its user has to know
     */
    public Head {
        notices = List.copyOf(notices);
    }

    /** Without the URI. */
    @Override
    public String toString() {
        return "head of " + folder + ": process " + pid + " since " + since + ", Redis at " + address;
    }
}
