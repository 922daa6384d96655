package io.jobmon.ssh;

import io.jobmon.spi.HostEntry;
import java.util.Optional;

/** PBS in jobmon.yaml. */
public final class PbsKind extends ScheduledKind<Pbs> {

    /** Called by {@link java.util.ServiceLoader}. */
    public PbsKind() {
        super("pbs");
    }

    @Override
    Pbs over(SshHost login) {
        return Pbs.over(login);
    }

    @Override
    Pbs local() {
        return Pbs.local();
    }

    @Override
    Pbs queue(Pbs host, HostEntry entry) {
        Optional<String> queue = entry.text("queue");
        return queue.isPresent() ? host.queue(queue.get()) : host;
    }
}
