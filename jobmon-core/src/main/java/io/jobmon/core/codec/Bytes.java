package io.jobmon.core.codec;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A growing buffer of UTF-8 that holds values one after the other, each at most as long as the limit: of a longer one the
 * bytes are only counted, so a huge value costs no memory. For one thread.
 */
final class Bytes extends OutputStream {

    /** Beyond this multiple of the limit counting stops: the value may be endless. */
    private static final int PATIENCE = 64;

    private static final int KEPT = 1 << 20;
    private static final int CHUNK = 1024;
    private static final int WIDEST = 6;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final int limit;
    private byte[] bytes = new byte[256];
    private int size;
    private int start;
    private long dropped;

    Bytes(int limit) {
        this.limit = limit;
    }

    int size() {
        return size;
    }

    void begin() {
        start = size;
        dropped = 0;
    }

    /** Checks the value since {@link #begin} against the limit. */
    void end(String what) {
        long length = size - start + dropped;
        if (length > limit) {
            throw tooLarge(what, String.format(Locale.ROOT, "%,d", length));
        }
    }

    private OutcomeException tooLarge(String what, String length) {
        return new OutcomeException(
                String.format(
                        Locale.ROOT,
                        "%s is %s bytes of JSON; the limit is %,d. Write a file and return its path.",
                        what,
                        length,
                        limit),
                null);
    }

    void truncate(int length) {
        size = length;
        if (size == 0 && bytes.length > KEPT) {
            bytes = new byte[256];
        }
    }

    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        truncate(0);
        return taken;
    }

    /** The bytes themselves, for {@code tools.jackson.core.io.NumberOutput}; valid until the next call. */
    byte[] room(int more) {
        spill();
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
        return bytes;
    }

    void sizeIs(int end) {
        size = end;
    }

    private void spill() {
        if (size - start > limit) {
            dropped += size - start - limit;
            size = start + limit;
            if (dropped > (long) limit * PATIENCE) {
                throw tooLarge("The value", String.format(Locale.ROOT, "more than %,d", dropped));
            }
        }
    }

    @Override
    public void write(int b) {
        room(1)[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        for (int done = 0; done < length; ) {
            int part = Math.min(CHUNK * WIDEST, length - done);
            System.arraycopy(from, offset + done, room(part), size, part);
            size += part;
            done += part;
        }
    }

    /** Appends ASCII text that needs no escapes. */
    @SuppressWarnings("deprecation")
    void ascii(String text) {
        byte[] to = room(text.length());
        text.getBytes(0, text.length(), to, size);
        size += text.length();
    }

    /** Appends a JSON string. */
    void string(String text) {
        write('"');
        int length = text.length();
        for (int done = 0; done < length; ) {
            int end = Math.min(length, done + CHUNK);
            if (end < length && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            byte[] to = room((CHUNK + 1) * WIDEST);
            int at = size;
            for (int i = done; i < end; i++) {
                char c = text.charAt(i);
                if (c >= ' ' && c < 128 && c != '"' && c != '\\') {
                    to[at++] = (byte) c;
                } else if (Character.isHighSurrogate(c)
                        && i + 1 < end
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    at = fourBytes(Character.toCodePoint(c, text.charAt(++i)), to, at);
                } else {
                    at = other(c, to, at);
                }
            }
            size = at;
            done = end;
        }
        write('"');
    }

    private static int fourBytes(int point, byte[] to, int from) {
        int at = from;
        to[at++] = (byte) (0xf0 | point >> 18);
        to[at++] = (byte) (0x80 | point >> 12 & 0x3f);
        to[at++] = (byte) (0x80 | point >> 6 & 0x3f);
        to[at++] = (byte) (0x80 | point & 0x3f);
        return at;
    }

    private static int other(char c, byte[] to, int from) {
        int at = from;
        if (c < 128 || Character.isSurrogate(c)) {
            to[at++] = '\\';
            int letter = "\"\\\b\f\n\r\t".indexOf(c);
            if (letter >= 0) {
                to[at++] = (byte) "\"\\bfnrt".charAt(letter);
                return at;
            }
            to[at++] = 'u';
            to[at++] = HEX[c >> 12];
            to[at++] = HEX[c >> 8 & 15];
            to[at++] = HEX[c >> 4 & 15];
            to[at++] = HEX[c & 15];
        } else if (c < 0x800) {
            to[at++] = (byte) (0xc0 | c >> 6);
            to[at++] = (byte) (0x80 | c & 0x3f);
        } else {
            to[at++] = (byte) (0xe0 | c >> 12);
            to[at++] = (byte) (0x80 | c >> 6 & 0x3f);
            to[at++] = (byte) (0x80 | c & 0x3f);
        }
        return at;
    }
}
