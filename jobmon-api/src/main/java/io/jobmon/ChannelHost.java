package io.jobmon;

import io.jobmon.spi.ConfiguredHost;
import io.jobmon.spi.HostSettings;

/**
 * A POSIX machine that is reached over a {@link CommandChannel}. Every method that changes it returns a copy.
 *
 * <p>Thread safety: as {@link Host}.
 *
 * @since 0.1
 */
public final class ChannelHost extends ConfiguredHost<ChannelHost> {

    private final CommandChannel channel;

    ChannelHost(String name, CommandChannel channel) {
        this(HostSettings.of(name), channel);
        if (channel == null) {
            throw new JobMonException("The channel to " + name + " is null; give one.");
        }
    }

    private ChannelHost(HostSettings settings, CommandChannel channel) {
        super(settings);
        this.channel = channel;
    }

    /**
     * How many experiments run at once there. Default: one per core of the machine.
     *
     * @param number from 1 to {@value JobMonOptions#MAX_SLOTS}
     * @return a copy
     * @throws JobMonException if it is out of range
     */
    public ChannelHost slots(int number) {
        return with(settings().slots(number));
    }

    /**
     * The folder on the machine that holds all that JobMon brings there: absolute, or below the home folder. Default: {@code
     * jobmon}.
     *
     * @param path the folder
     * @return a copy
     * @throws JobMonException if it is blank, leads upwards or is not one line
     */
    public ChannelHost workdir(String path) {
        return with(settings().workdir(path));
    }

    @Override
    protected ChannelHost with(HostSettings settings) {
        return new ChannelHost(settings, channel);
    }

    @Override
    protected CommandChannel channel() {
        return channel;
    }
}
