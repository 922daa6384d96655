package io.jobmon.ssh;

import io.jobmon.spi.HostEntry;
import java.util.Optional;

/** Slurm in jobmon.yaml. */
public final class SlurmKind extends ScheduledKind<Slurm> {

    /** Called by {@link java.util.ServiceLoader}. */
    public SlurmKind() {
        super("slurm");
    }

    @Override
    Slurm over(SshHost login) {
        return Slurm.over(login);
    }

    @Override
    Slurm local() {
        return Slurm.local();
    }

    @Override
    Slurm queue(Slurm host, HostEntry entry) {
        Optional<String> partition = entry.text("partition");
        return partition.isPresent() ? host.partition(partition.get()) : host;
    }
}
