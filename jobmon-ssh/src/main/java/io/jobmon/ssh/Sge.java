package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.JobMonException;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.Engine;
import io.jobmon.spi.HostSettings;
import java.util.Map;

/**
 * A cluster that a Grid Engine runs (Sun, Univa, Son of, Open): its workers are the tasks of an array job. Every method that
 * changes it returns a copy.
 *
 * <p>{@code option("P", "physics")} becomes {@code -P physics} of {@code qsub}, and {@code option("V", "")} becomes {@code
 * -V}; an option that is said twice is given twice. Workers of several slots need a parallel environment whose slots are on
 * one machine: {@code option("pe", "smp")}, to which the number of slots is added.
 *
 * <p>Thread safety: as {@link io.jobmon.Host}.
 *
 * @since 0.1
 */
public final class Sge extends ScheduledHost<Sge> {

    private static final String NAME = "sge";
    private static final String LEAVE_OUT = "leave it out";
    private static final OptionRule OPTIONS = new OptionRule(
            "qsub",
            "[A-Za-z][A-Za-z0-9_]*",
            "\"P\"",
            Map.ofEntries(
                    Map.entry("t", "set workers(..)"),
                    Map.entry("q", "set queue(..)"),
                    Map.entry("v", "set environment(..)"),
                    Map.entry("N", LEAVE_OUT),
                    Map.entry("o", LEAVE_OUT),
                    Map.entry("e", LEAVE_OUT),
                    Map.entry("j", LEAVE_OUT),
                    Map.entry("S", LEAVE_OUT),
                    Map.entry("b", LEAVE_OUT),
                    Map.entry("wd", LEAVE_OUT),
                    Map.entry("cwd", LEAVE_OUT),
                    Map.entry("sync", LEAVE_OUT),
                    Map.entry("verify", LEAVE_OUT),
                    Map.entry("terse", LEAVE_OUT)));

    private Sge(Said said) {
        super(said);
    }

    /**
     * A cluster whose commands are reached over SSH. It is called like the machine, and has what was said of it, but slots.
     *
     * @param login a machine on which there is {@code qsub}, such as a login node
     * @return the host
     * @throws JobMonException if the machine is null
     */
    public static Sge over(SshHost login) {
        return new Sge(Said.first(login));
    }

    /**
     * A cluster whose commands are reached over a channel. It is called {@code sge}.
     *
     * @param channel the way to a machine on which there is {@code qsub}; closed with the host
     * @return the host
     * @throws JobMonException if the channel is null
     */
    public static Sge over(CommandChannel channel) {
        return new Sge(Said.first(NAME, channel));
    }

    /**
     * A cluster whose commands are on this machine. It is called {@code sge}.
     *
     * @return the host
     */
    public static Sge local() {
        return new Sge(Said.first(HostSettings.of(NAME), () -> Engine.find().localChannel()));
    }

    /**
     * The queue to submit to. Default: whichever fits.
     *
     * @param name its name, or several separated by commas
     * @return a copy
     * @throws JobMonException if it is blank, holds a space or begins with a dash
     */
    public Sge queue(String name) {
        return with(said().with(said().batch().queue(name, "queue")));
    }

    @Override
    Sge with(Said changed) {
        return new Sge(changed);
    }

    @Override
    OptionRule optionRule() {
        return OPTIONS;
    }

    @Override
    BatchSystem system() {
        return new SgeSystem(said().commands(), said().batch());
    }
}
