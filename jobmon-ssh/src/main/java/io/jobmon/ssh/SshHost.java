package io.jobmon.ssh;

import io.jobmon.CommandChannel;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.spi.ConfiguredHost;
import io.jobmon.spi.HostSettings;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A POSIX machine that is reached over SSH, with the user's own keys, agent, {@code known_hosts} and {@code ~/.ssh/config}.
 * Machines that show an unknown or a changed key are refused. Passwords are not supported: log in by key. Every method that
 * changes it returns a copy.
 *
 * <p>Thread safety: as {@link io.jobmon.Host}.
 *
 * @since 0.1
 */
public final class SshHost extends ConfiguredHost<SshHost> {

    private final SshTarget target;
    private final SshOptions options;

    private SshHost(HostSettings settings, SshTarget target, SshOptions options) {
        super(settings);
        this.target = target;
        this.options = options;
    }

    /**
     * A machine. It is connected to when it is first used.
     *
     * @param target {@code [user@]host[:port]}, an IPv6 address in brackets; the host may be an alias of {@code
     *     ~/.ssh/config}. What is missing stands there, or is the user's name here, and port 22
     * @return the host, called as it was given
     * @throws JobMonException if it names no machine
     */
    public static SshHost of(String target) {
        return new SshHost(
                HostSettings.of(target), SshTarget.parse(target, "The host of SshHost.of"), SshOptions.DEFAULT);
    }

    /**
     * How many experiments run at once there. Default: one per core of the machine.
     *
     * @param number from 1 to {@value JobMonOptions#MAX_SLOTS}
     * @return a copy
     * @throws JobMonException if it is out of range
     */
    public SshHost slots(int number) {
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
    public SshHost workdir(String path) {
        return with(settings().workdir(path));
    }

    /**
     * The key to log in with; no other is tried. Default: {@code IdentityFile} of the configuration, the keys of the agent,
     * and {@code ~/.ssh/id_ed25519}, {@code id_ecdsa}, {@code id_rsa}. Machines on the way ({@code ProxyJump}) get the keys of
     * the configuration.
     *
     * @param file the private key, readable by its owner alone
     * @return a copy
     * @throws JobMonException if it is null
     */
    public SshHost identity(Path file) {
        return with(options.identity(given(file, "identity")));
    }

    /**
     * The file of known keys to look in. Default: {@code UserKnownHostsFile} of the configuration, or {@code
     * ~/.ssh/known_hosts}. {@code /etc/ssh/ssh_known_hosts} is always read.
     *
     * @param file in the format of OpenSSH
     * @return a copy
     * @throws JobMonException if it is null
     */
    public SshHost knownHosts(Path file) {
        return with(options.knownHosts(given(file, "knownHosts")));
    }

    /**
     * The configuration to read in place of {@code ~/.ssh/config}.
     *
     * @param file in the format of OpenSSH
     * @return a copy
     * @throws JobMonException if it is null
     */
    public SshHost config(Path file) {
        return with(options.config(given(file, "config")));
    }

    /**
     * Asks for the passphrase of a key file, whenever one is read. Not needed for keys that the agent holds.
     *
     * @param asking gives the passphrase; the array is overwritten after use
     * @return a copy
     * @throws JobMonException if it is null
     */
    public SshHost passphrase(Supplier<char[]> asking) {
        return with(options.passphrase(given(asking, "passphrase")));
    }

    private static <T> T given(T value, String what) {
        if (value == null) {
            throw new JobMonException("SshHost." + what + " is null; give one, or leave it out.");
        }
        return value;
    }

    /** What a scheduler behind this machine takes over. */
    HostSettings said() {
        return settings();
    }

    private SshHost with(SshOptions changed) {
        return new SshHost(settings(), target, changed);
    }

    @Override
    protected SshHost with(HostSettings settings) {
        return new SshHost(settings, target, options);
    }

    @Override
    protected CommandChannel channel() {
        return new SshChannel(name(), new Routes(options, Places.ofThisUser()), target);
    }
}
