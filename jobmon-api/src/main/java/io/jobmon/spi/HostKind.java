package io.jobmon.spi;

import io.jobmon.Host;

/** A kind of host, as {@code hosts:} of jobmon.yaml knows it. Found by {@link java.util.ServiceLoader}. */
public interface HostKind {

    /**
     * The key that a host of this kind has.
     *
     * @return such as {@code ssh}
     */
    String key();

    /**
     * Makes a host.
     *
     * @param entry what the file says of it, without what all hosts have
     * @param settings what all hosts have, read already
     * @return the host
     * @throws io.jobmon.JobMonException if it makes no sense: the message has line and column
     */
    Host read(HostEntry entry, HostSettings settings);
}
