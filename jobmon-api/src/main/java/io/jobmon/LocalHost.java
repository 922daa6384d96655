package io.jobmon;

import io.jobmon.spi.ConfiguredHost;
import io.jobmon.spi.Engine;
import io.jobmon.spi.HostSettings;

/**
 * This machine: its workers are processes of their own, which outlive the program. Every method that changes it returns a
 * copy.
 *
 * <p>Thread safety: as {@link Host}.
 *
 * @since 0.1
 */
public final class LocalHost extends ConfiguredHost<LocalHost> {

    private static final String FOLDER = ".jobmon";

    private LocalHost(HostSettings settings) {
        super(settings);
    }

    /**
     * This machine, called {@code local}.
     *
     * @param number how many experiments run at once, from 1 to {@value JobMonOptions#MAX_SLOTS}
     * @return the host
     * @throws JobMonException if the number is out of range
     */
    public static LocalHost slots(int number) {
        return new LocalHost(HostSettings.of("local").slots(number).workdir(FOLDER));
    }

    /**
     * Another name, for a second host on this machine. It gets a folder of its own, {@code .jobmon-} and the name, unless
     * {@link #workdir} has been called.
     *
     * @param name the name
     * @return a copy
     * @throws JobMonException if it is blank or not one line
     */
    public LocalHost name(String name) {
        HostSettings named = settings().name(name);
        return with(
                named.workdir().equals(FOLDER)
                        ? named.workdir(FOLDER + "-" + name.replaceAll("[^A-Za-z0-9._-]", "_"))
                        : named);
    }

    /**
     * The folder that holds what workers run from, their logs and data: absolute, or below the home folder. Default: {@code
     * .jobmon}.
     *
     * @param path the folder
     * @return a copy
     * @throws JobMonException if it is blank, leads upwards or is not one line
     */
    public LocalHost workdir(String path) {
        return with(settings().workdir(path));
    }

    @Override
    protected LocalHost with(HostSettings settings) {
        return new LocalHost(settings);
    }

    @Override
    protected CommandChannel channel() {
        return Engine.find().localChannel();
    }
}
