package io.jobmon.ssh;

import io.jobmon.spi.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyFormat;
import net.schmizz.sshj.userauth.keyprovider.KeyProviderUtil;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A private key on this machine's disk.
 *
 * @param file the file
 * @param passphrase asks for its passphrase, if the user has said how
 */
record KeyFile(Path file, @Nullable Supplier<char[]> passphrase) {

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST = 1024 * 1024;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /** A key file that cannot be used; the message says why and what to do. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The public half, if it can be had without a passphrase. */
    Optional<PublicKeyBlob> publicHalf() {
        try {
            Path beside = Path.of(file + ".pub");
            if (Files.exists(beside)) {
                return fromLine(Files.readString(beside));
            }
            String text = text();
            return text.startsWith("-----") ? fromHeader(text) : fromLine(text);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKeyBlob> fromLine(String line) {
        String[] words = line.strip().split("\\s+");
        return words.length < 2
                ? Optional.empty()
                : Optional.of(new PublicKeyBlob(Base64.getDecoder().decode(words[1])));
    }

    /** The newer files of OpenSSH hold the public half in the clear: PROTOCOL.key. */
    private static Optional<PublicKeyBlob> fromHeader(String text) throws IOException {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        byte[] content = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        if (!Arrays.equals(Arrays.copyOf(content, MAGIC.length), MAGIC)) {
            return Optional.empty();
        }
        Buffer.PlainBuffer rest = new Buffer.PlainBuffer(Arrays.copyOfRange(content, MAGIC.length, content.length));
        for (String part : new String[] {"cipher", "derivation", "options of it"}) {
            rest.readBytes();
        }
        return rest.readUInt32() == 1 ? Optional.of(new PublicKeyBlob(rest.readBytes())) : Optional.empty();
    }

    private String text() throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("it is too large for a key");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads the key.
     *
     * @throws UnusableException if it must not or cannot be used
     */
    Identity read() throws UnusableException {
        checkPermissions();
        Asking asking = new Asking();
        try {
            String text = text();
            KeyFormat format = KeyProviderUtil.detectKeyFileFormat(text, false);
            FileKeyProvider provider =
                    Factory.Named.Util.create(new Algorithms().getFileKeyProviderFactories(), format.name());
            if (provider == null) {
                throw new UnusableException("is no private key in a known form", null);
            }
            provider.init(text, null, asking);
            KeyPair pair = new KeyPair(provider.getPublic(), provider.getPrivate());
            return new FileIdentity(file.toString(), PublicKeyBlob.of(pair.getPublic()), pair);
        } catch (IOException | RuntimeException e) {
            throw new UnusableException(asking.explain(e), e);
        }
    }

    private void checkPermissions() throws UnusableException {
        try {
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
                throw new UnusableException(
                        "can be read or written by others than its owner: chmod 600 "
                                + ShellWords.quote(file.toString()),
                        null);
            }
        } catch (IOException e) {
            throw new UnusableException("cannot be used: " + Reasons.of(e), e);
        } catch (UnsupportedOperationException e) {
            // A file system without owners.
        }
    }

    /** Gives the passphrase once, and remembers whether it was needed. */
    private final class Asking implements PasswordFinder {

        private boolean asked;

        @Override
        public char[] reqPassword(Resource<?> resource) {
            asked = true;
            return passphrase == null ? new char[0] : passphrase.get();
        }

        @Override
        public boolean shouldRetry(Resource<?> resource) {
            return false;
        }

        private String explain(Exception failure) {
            if (!asked) {
                return "cannot be read as a key: " + Reasons.of(failure);
            }
            return passphrase != null
                    ? "has another passphrase than the one given to SshHost.passphrase"
                    : "has a passphrase: load it into the agent (ssh-add " + ShellWords.quote(file.toString())
                            + "), or give it to SshHost.passphrase";
        }
    }
}
