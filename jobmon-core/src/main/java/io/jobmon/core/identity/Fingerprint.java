package io.jobmon.core.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHA-256 in hex: of texts (each with its length before it, so that no two lists look alike) and of files. */
public final class Fingerprint {

    private static final int ABSENT = -1;

    private Fingerprint() {}

    /**
     * Digests texts.
     *
     * @param texts the texts; null is not the empty one
     * @return 64 hex digits
     */
    public static String of(List<@Nullable String> texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            if (text == null) {
                digest.update(number(ABSENT));
            } else {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update(number(bytes.length));
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Digests a file.
     *
     * @param file the file
     * @return 64 hex digits
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
