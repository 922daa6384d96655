package io.jobmon.ssh;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a user has said about how to reach a machine; the rest is looked up in the files of {@link Places}.
 *
 * @param config the configuration to read in place of the user's own
 * @param identity the one key to use
 * @param knownHosts the one file of known keys to use
 * @param passphrase asks for the passphrase of key files
 */
record SshOptions(
        Optional<Path> config,
        Optional<Path> identity,
        Optional<Path> knownHosts,
        @Nullable Supplier<char[]> passphrase) {

    static final SshOptions DEFAULT = new SshOptions(Optional.empty(), Optional.empty(), Optional.empty(), null);

    SshOptions config(Path file) {
        return new SshOptions(Optional.of(file), identity, knownHosts, passphrase);
    }

    SshOptions identity(Path file) {
        return new SshOptions(config, Optional.of(file), knownHosts, passphrase);
    }

    SshOptions knownHosts(Path file) {
        return new SshOptions(config, identity, Optional.of(file), passphrase);
    }

    SshOptions passphrase(Supplier<char[]> asking) {
        return new SshOptions(config, identity, knownHosts, asking);
    }
}
