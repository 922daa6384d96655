package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.JobMonException;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.Engine;
import io.jobmon.spi.HostSettings;
import java.util.Map;

/**
 * A cluster that PBS runs (OpenPBS, PBS Professional, Torque): its workers are the subjobs of an array job. Every method that
 * changes it returns a copy.
 *
 * <p>{@code option("A", "physics")} becomes {@code -A physics} of {@code qsub}, and {@code option("V", "")} becomes {@code
 * -V}; an option that is said twice is given twice. A worker asks for {@code select=1:ncpus=}<i>slots</i>, of Torque for
 * {@code nodes=1:ppn=}<i>slots</i>, unless an option {@code "l"} has a {@code select=} or {@code nodes=} of its own.
 *
 * <p>Thread safety: as {@link io.jobmon.Host}.
 *
 * @since 0.1
 */
public final class Pbs extends ScheduledHost<Pbs> {

    private static final String NAME = "pbs";
    private static final String LEAVE_OUT = "leave it out";
    private static final OptionRule OPTIONS = new OptionRule(
            "qsub",
            "[A-Za-z]",
            "\"A\"",
            Map.ofEntries(
                    Map.entry("J", "set workers(..)"),
                    Map.entry("t", "set workers(..)"),
                    Map.entry("q", "set queue(..)"),
                    Map.entry("v", "set environment(..)"),
                    Map.entry("N", LEAVE_OUT),
                    Map.entry("o", LEAVE_OUT),
                    Map.entry("e", LEAVE_OUT),
                    Map.entry("j", LEAVE_OUT),
                    Map.entry("S", LEAVE_OUT),
                    Map.entry("I", LEAVE_OUT),
                    Map.entry("z", LEAVE_OUT)));

    private Pbs(Said said) {
        super(said);
    }

    /**
     * A cluster whose commands are reached over SSH. It is called like the machine, and has what was said of it, but slots.
     *
     * @param login a machine on which there is {@code qsub}, such as a login node
     * @return the host
     * @throws JobMonException if the machine is null
     */
    public static Pbs over(SshHost login) {
        return new Pbs(Said.first(login));
    }

    /**
     * A cluster whose commands are reached over a channel. It is called {@code pbs}.
     *
     * @param channel the way to a machine on which there is {@code qsub}; closed with the host
     * @return the host
     * @throws JobMonException if the channel is null
     */
    public static Pbs over(CommandChannel channel) {
        return new Pbs(Said.first(NAME, channel));
    }

    /**
     * A cluster whose commands are on this machine. It is called {@code pbs}.
     *
     * @return the host
     */
    public static Pbs local() {
        return new Pbs(Said.first(HostSettings.of(NAME), () -> Engine.find().localChannel()));
    }

    /**
     * The queue to submit to. Default: the server's.
     *
     * @param name its name
     * @return a copy
     * @throws JobMonException if it is blank, holds a space or begins with a dash
     */
    public Pbs queue(String name) {
        return with(said().with(said().batch().queue(name, "queue")));
    }

    @Override
    Pbs with(Said changed) {
        return new Pbs(changed);
    }

    @Override
    OptionRule optionRule() {
        return OPTIONS;
    }

    @Override
    BatchSystem system() {
        return new PbsSystem(said().commands(), said().batch());
    }
}
