package io.jobmon.core.host;

import io.jobmon.CommandChannel;
import io.jobmon.Host;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.HostSettings;
import org.jspecify.annotations.Nullable;

/** The way in: what the engine does for hosts. Thread safety: stateless. */
public final class Hosts {

    private Hosts() {}

    /**
     * A host that the engine deals with.
     *
     * @param settings what the user has said of it
     * @param channel the way there; closed with the host
     * @param batch the scheduler that starts workers, or null if they are simply started
     * @return the host
     */
    public static Host of(HostSettings settings, CommandChannel channel, @Nullable BatchSystem batch) {
        MachineHost machine = new MachineHost(settings, channel);
        return batch == null ? machine : new BatchHost(machine, settings.slots(), batch);
    }
}
