package io.jobmon.core.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The Lua scripts: every change of a sweep's state is one of them. What they take and answer stands in their heads. */
enum Script {
    POST,
    ADOPT,
    OPEN,
    CLAIM,
    COMMIT,
    FAIL,
    RELEASE,
    RENEW,
    REAP,
    AUDIT,
    CLOSE,
    REVIVE,
    CLEAN,
    CHECKPOINT,
    STATUS,
    FIELDS;

    private final String text;
    private final String sha;

    Script() {
        text = resource("common.lua") + resource(name().toLowerCase(Locale.ROOT) + ".lua");
        try {
            sha = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String text() {
        return text;
    }

    String sha() {
        return sha;
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The script " + name + " is missing from jobmon-core's jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The script " + name + " cannot be read.", e);
        }
    }
}
