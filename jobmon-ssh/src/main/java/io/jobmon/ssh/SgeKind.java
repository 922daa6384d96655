package io.jobmon.ssh;

import io.jobmon.spi.HostEntry;
import java.util.Optional;

/** Grid Engine in jobmon.yaml. */
public final class SgeKind extends ScheduledKind<Sge> {

    /** Called by {@link java.util.ServiceLoader}. */
    public SgeKind() {
        super("sge");
    }

    @Override
    Sge over(SshHost login) {
        return Sge.over(login);
    }

    @Override
    Sge local() {
        return Sge.local();
    }

    @Override
    Sge queue(Sge host, HostEntry entry) {
        Optional<String> queue = entry.text("queue");
        return queue.isPresent() ? host.queue(queue.get()) : host;
    }
}
