package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.JobMonException;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.Engine;
import io.jobmon.spi.HostSettings;
import java.util.Map;

/**
 * A cluster that Slurm runs, version 20.11 or newer: its workers are the tasks of a job array. Every method that changes it
 * returns a copy.
 *
 * <p>{@code option("account", "physics")} becomes {@code --account=physics} of {@code sbatch}, {@code option("A", "physics")}
 * becomes {@code -Aphysics}, and {@code option("exclusive", "")} becomes {@code --exclusive}.
 *
 * <p>Thread safety: as {@link io.jobmon.Host}.
 *
 * @since 0.1
 */
public final class Slurm extends ScheduledHost<Slurm> {

    private static final String NAME = "slurm";
    private static final String LEAVE_OUT = "leave it out";
    private static final OptionRule OPTIONS = new OptionRule(
            "sbatch",
            "[A-Za-z][A-Za-z0-9-]*",
            "\"account\"",
            Map.ofEntries(
                    Map.entry("array", "set workers(..)"),
                    Map.entry("a", "set workers(..)"),
                    Map.entry("cpus-per-task", "set slots(..)"),
                    Map.entry("c", "set slots(..)"),
                    Map.entry("time", "set time(..)"),
                    Map.entry("t", "set time(..)"),
                    Map.entry("partition", "set partition(..)"),
                    Map.entry("p", "set partition(..)"),
                    Map.entry("export", "set environment(..)"),
                    Map.entry("job-name", LEAVE_OUT),
                    Map.entry("J", LEAVE_OUT),
                    Map.entry("output", LEAVE_OUT),
                    Map.entry("o", LEAVE_OUT),
                    Map.entry("parsable", LEAVE_OUT),
                    Map.entry("wrap", LEAVE_OUT),
                    Map.entry("wait", LEAVE_OUT),
                    Map.entry("W", LEAVE_OUT),
                    Map.entry("test-only", LEAVE_OUT)));

    private Slurm(Said said) {
        super(said);
    }

    /**
     * A cluster whose commands are reached over SSH. It is called like the machine, and has what was said of it, but slots.
     *
     * @param login a machine on which there is {@code sbatch}, such as a login node
     * @return the host
     * @throws JobMonException if the machine is null
     */
    public static Slurm over(SshHost login) {
        return new Slurm(Said.first(login));
    }

    /**
     * A cluster whose commands are reached over a channel. It is called {@code slurm}.
     *
     * @param channel the way to a machine on which there is {@code sbatch}; closed with the host
     * @return the host
     * @throws JobMonException if the channel is null
     */
    public static Slurm over(CommandChannel channel) {
        return new Slurm(Said.first(NAME, channel));
    }

    /**
     * A cluster whose commands are on this machine. It is called {@code slurm}.
     *
     * @return the host
     */
    public static Slurm local() {
        return new Slurm(Said.first(HostSettings.of(NAME), () -> Engine.find().localChannel()));
    }

    /**
     * The partition to submit to. Default: the cluster's.
     *
     * @param name its name, or several separated by commas
     * @return a copy
     * @throws JobMonException if it is blank, holds a space or begins with a dash
     */
    public Slurm partition(String name) {
        return with(said().with(said().batch().queue(name, "partition")));
    }

    @Override
    Slurm with(Said changed) {
        return new Slurm(changed);
    }

    @Override
    OptionRule optionRule() {
        return OPTIONS;
    }

    @Override
    BatchSystem system() {
        return new SlurmSystem(said().commands(), said().batch());
    }
}
