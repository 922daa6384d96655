package io.jobmon.core.identity;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that stand for a class or a method in the digest. A text is written at its first use and numbered, so the form
 * is as compact as a constant pool, but in the order of use.
 */
final class Form {

    private static final int ABSENT = -1;
    private static final int FIRST_USE = -2;

    private final Map<String, Integer> texts = new HashMap<>();
    private byte[] bytes = new byte[1024];
    private int size;

    Form number(int value) {
        byte[] out = room(Integer.BYTES);
        out[size++] = (byte) (value >>> 24);
        out[size++] = (byte) (value >>> 16);
        out[size++] = (byte) (value >>> 8);
        out[size++] = (byte) value;
        return this;
    }

    Form wide(long value) {
        return number((int) (value >>> Integer.SIZE)).number((int) value);
    }

    Form text(@Nullable String text) {
        if (text == null) {
            return number(ABSENT);
        }
        Integer known = texts.putIfAbsent(text, texts.size());
        if (known != null) {
            return number(known);
        }
        number(FIRST_USE).number(text.length());
        int length = text.length() * Character.BYTES;
        // UTF-16 units, not UTF-8: a class may hold unpaired surrogates, which UTF-8 would make all alike.
        ByteBuffer.wrap(room(length), size, length).asCharBuffer().put(text);
        size += length;
        return this;
    }

    Form raw(byte[] content) {
        number(content.length);
        System.arraycopy(content, 0, room(content.length), size, content.length);
        size += content.length;
        return this;
    }

    byte[] digest() {
        MessageDigest digest = Fingerprint.sha256();
        digest.update(bytes, 0, size);
        return digest.digest();
    }

    private byte[] room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
        return bytes;
    }
}
