package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.ConfiguredHost;
import io.jobmon.spi.HostSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all batch schedulers have.
 *
 * @param <H> the kind of scheduler
 */
abstract class ScheduledHost<H extends ScheduledHost<H>> extends ConfiguredHost<H> {

    private final Said said;

    /**
     * What the user has said.
     *
     * @param host of the machine
     * @param batch of the scheduler
     * @param way how to reach the machine
     */
    record Said(HostSettings host, BatchSettings batch, Supplier<CommandChannel> way) {

        static Said first(HostSettings host, Supplier<CommandChannel> way) {
            return new Said(host.slots(1), BatchSettings.DEFAULT, way);
        }

        static Said first(SshHost login) {
            if (login == null) {
                throw new JobMonException("The host to submit from is null; give one.");
            }
            return first(login.said(), login::channel);
        }

        static Said first(String name, CommandChannel channel) {
            if (channel == null) {
                throw new JobMonException("The channel to " + name + " is null; give one.");
            }
            return first(HostSettings.of(name), () -> channel);
        }

        Said with(HostSettings settings) {
            return new Said(settings, batch, way);
        }

        Said with(BatchSettings settings) {
            return new Said(host, settings, way);
        }

        SchedulerCommands commands() {
            return new SchedulerCommands(host.name(), host.programs());
        }
    }

    ScheduledHost(Said said) {
        super(said.host());
        this.said = said;
    }

    abstract H with(Said changed);

    abstract OptionRule optionRule();

    abstract BatchSystem system();

    final Said said() {
        return said;
    }

    /**
     * How many workers to submit: each is a task of one array.
     *
     * @param number from 1 to {@value BatchSettings#MOST_WORKERS}; default 1
     * @return a copy
     * @throws JobMonException if it is out of range
     */
    public final H workers(int number) {
        return with(said.with(said.batch().workers(number)));
    }

    /**
     * How many experiments a worker runs at once; it asks for so many cores.
     *
     * @param number from 1 to {@value JobMonOptions#MAX_SLOTS}; default 1
     * @return a copy
     * @throws JobMonException if it is out of range
     */
    public final H slots(int number) {
        return with(settings().slots(number));
    }

    /**
     * How long a worker may run. It does not begin what will not fit, and ends in time.
     *
     * @param limit from a minute, rounded up to whole ones, to 365 days; default an hour
     * @return a copy
     * @throws JobMonException if it is out of range
     */
    public final H time(Duration limit) {
        return with(said.with(said.batch().time(limit)));
    }

    /**
     * Adds an option of the command that submits, for what has no method of its own: see the class for how it is passed on.
     * It must not hold a secret.
     *
     * @param name its name, without dashes before it
     * @param value its value, {@code ""} if it has none
     * @return a copy
     * @throws JobMonException if the name is none, or is an option that JobMon gives itself, or the value is not one line
     */
    public final H option(String name, String value) {
        return with(said.with(said.batch().option(name, value, optionRule())));
    }

    /**
     * The folder that holds all that JobMon brings there: absolute, or below the home folder. Nodes must see it at the same
     * path. Default: {@code jobmon}.
     *
     * @param path the folder
     * @return a copy
     * @throws JobMonException if it is blank, leads upwards or is not one line
     */
    public final H workdir(String path) {
        return with(settings().workdir(path));
    }

    /**
     * What the host is called in the fleet, for instance if two arrays of different kinds are submitted to one cluster: give
     * each a {@link #workdir} of its own.
     *
     * @param name the name
     * @return a copy
     * @throws JobMonException if it is blank or not one line
     */
    public final H name(String name) {
        return with(settings().name(name));
    }

    @Override
    protected final H with(HostSettings settings) {
        return with(said.with(settings));
    }

    @Override
    protected final CommandChannel channel() {
        return said.way().get();
    }

    @Override
    protected final Optional<BatchSystem> batch() {
        return Optional.of(system());
    }

    /**
     * What was understood of the host.
     *
     * @return one line; values of options are left out
     */
    @Override
    public String toString() {
        BatchSettings batch = said.batch();
        StringBuilder text = new StringBuilder(settings().toString())
                .append(", ")
                .append(batch.workers())
                .append(batch.workers() == 1 ? " worker" : " workers")
                .append(" of ")
                .append(system().kind())
                .append(" for ")
                .append(batch.minutes())
                .append(" min");
        batch.queue().ifPresent(queue -> text.append(" in ").append(queue));
        batch.options().forEach(option -> text.append(", option ").append(option.name()));
        return text.toString();
    }
}
