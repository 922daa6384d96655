package io.jobmon.core.isolate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a process prints to one of its streams: read as fast as it comes, a part kept, all counted.
 *
 * <p>Thread safety: one thread reads, any may ask.
 */
final class Printed {

    private static final int CHUNK = 1 << 16;

    private final boolean end;
    private final int limit;
    private byte[] kept = new byte[1024];
    private int size;
    private long total;

    private Printed(boolean end, int limit) {
        this.end = end;
        this.limit = limit;
    }

    /** Keeps the first bytes, at most so many. */
    static Printed head(long limit) {
        return new Printed(false, Math.toIntExact(limit));
    }

    /** Keeps the last bytes, at least so many, at most twice as many. */
    static Printed tail(int limit) {
        return new Printed(true, limit);
    }

    /** Reads to the end of the stream. */
    void read(InputStream in) {
        read(in, new PrintedLines(""));
    }

    /** Reads to the end of the stream, and cuts it into lines beside. */
    void read(InputStream in, PrintedLines lines) {
        byte[] chunk = new byte[CHUNK];
        try {
            int n = in.read(chunk);
            while (n >= 0) {
                add(chunk, n);
                lines.add(chunk, 0, n);
                n = in.read(chunk);
            }
        } catch (IOException e) {
            // The stream was closed here because its process is gone.
        }
        lines.end();
    }

    private synchronized void add(byte[] chunk, int n) {
        total += n;
        int taken = end ? n : Math.min(n, limit - size);
        if (end && size + n > 2 * Math.max(limit, CHUNK)) {
            int keep = Math.min(size, limit);
            System.arraycopy(kept, size - keep, kept, 0, keep);
            size = keep;
        }
        if (size + taken > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(size + taken, 2 * kept.length));
        }
        System.arraycopy(chunk, 0, kept, size, taken);
        size += taken;
    }

    /** How many bytes there were in all. */
    synchronized long total() {
        return total;
    }

    synchronized byte[] bytes() {
        int from = end ? Math.max(0, size - limit) : 0;
        return Arrays.copyOfRange(kept, from, size);
    }

    /** What was kept; empty if it is no UTF-8. */
    Optional<String> utf8() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The last of what was kept, with marks for what is no UTF-8. */
    String end(int most) {
        byte[] bytes = bytes();
        int from = Math.max(0, bytes.length - most);
        while (from > 0 && from < bytes.length && (bytes[from] & 0xc0) == 0x80) {
            from++;
        }
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    /** The first bytes for a message: text as it is, other bytes as hex. */
    String beginning(int most) {
        byte[] bytes = bytes();
        StringBuilder shown = new StringBuilder();
        String text = utf8().orElse(null);
        if (text == null) {
            for (int i = 0; i < Math.min(bytes.length, most / 2); i++) {
                int b = bytes[i] & 0xff;
                shown.append(b >= ' ' && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b));
            }
        } else {
            text.codePoints().limit(most).forEach(c -> {
                if (c == '\n') {
                    shown.append("\\n");
                } else if (Character.isISOControl(c)) {
                    shown.append(String.format("\\x%02x", c));
                } else {
                    shown.appendCodePoint(c);
                }
            });
        }
        return shown.toString();
    }
}
