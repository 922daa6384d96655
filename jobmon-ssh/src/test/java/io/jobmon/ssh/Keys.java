package io.jobmon.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Makes keys, and files of them as {@code ssh-keygen} does. */
final class Keys {

    private static final OpenSSHKeyPairResourceWriter WRITER = OpenSSHKeyPairResourceWriter.INSTANCE;

    private Keys() {}

    static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ed25519() {
        try {
            return SecurityUtils.getKeyPairGenerator("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a private key that only its owner can read. */
    static Path write(KeyPair pair, Path file) {
        return write(pair, file, null);
    }

    static Path write(KeyPair pair, Path file, OpenSSHKeyEncryptionContext encryption) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            WRITER.writePrivateKey(pair, "a test", encryption, bytes);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes.toByteArray());
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path writeEncrypted(KeyPair pair, Path file, String passphrase) {
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setPassword(passphrase);
        encryption.setCipherType("256");
        return write(pair, file, encryption);
    }

    /** The line of an {@code authorized_keys} or {@code .pub} file. */
    static String line(KeyPair pair) {
        return PublicKeyEntry.toString(pair.getPublic());
    }

    static PublicKeyBlob blob(KeyPair pair) {
        return PublicKeyBlob.of(pair.getPublic());
    }
}
