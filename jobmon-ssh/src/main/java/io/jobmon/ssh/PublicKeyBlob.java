package io.jobmon.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;

/**
 * A public key in the form of RFC 4253, 6.6: its type, then what belongs to the type.
 *
 * @param bytes the form
 */
record PublicKeyBlob(byte[] bytes) {

    private static final int LONGEST_TYPE = 64;

    static PublicKeyBlob of(PublicKey key) {
        return new PublicKeyBlob(new Buffer.PlainBuffer().putPublicKey(key).getCompactData());
    }

    /** The type, such as {@code ssh-ed25519}; empty if there is none. */
    String type() {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = bytes.length < Integer.BYTES ? 0 : buffer.getInt();
        return length < 1 || length > LONGEST_TYPE || length > buffer.remaining()
                ? ""
                : new String(bytes, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }

    /** The fingerprint, as {@code ssh-keygen -l} prints it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKeyBlob blob && Arrays.equals(bytes, blob.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The type and the fingerprint. */
    @Override
    public String toString() {
        return type() + " " + fingerprint();
    }
}
