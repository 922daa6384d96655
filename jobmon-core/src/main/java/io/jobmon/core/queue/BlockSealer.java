package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs 128 results into one string and back: a byte that says whether the rest is deflated (raw deflate, RFC 1951, level
 * 1), worker number, start, 128 wall times (each a base-128 number, low end first), 128 positional lists.
 *
 * <p>Thread safety: for one thread.
 */
public final class BlockSealer {

    /** The largest sealed block; what is larger travels as single results. */
    public static final int LIMIT = 256 * 1024;

    private static final byte PLAIN = 1;
    private static final byte DEFLATED = 2;
    private static final int WIDEST = 10;

    /** The most that a block holds: every result as large as one may be. */
    private static final int MOST = StoredBlock.SIZE * (LIMIT + 1024);

    private final Deflater deflater = new Deflater(1, true);
    private byte[] body = new byte[8192];
    private byte[] packed = new byte[8192];

    /**
     * Packs a block.
     *
     * @param worker the worker's number, not negative
     * @param start when it began, ms since the post
     * @param walls 128 wall times in microseconds
     * @param lists the 128 positional lists
     * @param length how many bytes of it count
     * @param deflate whether to spend some tens of microseconds on making it smaller
     * @return the string
     */
    public byte[] seal(int worker, long start, long[] walls, byte[] lists, int length, boolean deflate) {
        int need = (StoredBlock.SIZE + 2) * WIDEST + length;
        if (body.length < need) {
            body = new byte[need * 2];
            packed = new byte[need * 2];
        }
        int at = number(body, 0, worker);
        at = number(body, at, Math.max(0, start));
        for (long wall : walls) {
            at = number(body, at, Math.max(0, wall));
        }
        System.arraycopy(lists, 0, body, at, length);
        at += length;
        int size = at;
        boolean smaller = false;
        if (deflate) {
            deflater.reset();
            deflater.setInput(body, 0, at);
            deflater.finish();
            size = deflater.deflate(packed, 0, Math.min(packed.length, at));
            smaller = deflater.finished() && size < at;
        }
        byte[] out = new byte[1 + (smaller ? size : at)];
        out[0] = smaller ? DEFLATED : PLAIN;
        System.arraycopy(smaller ? packed : body, 0, out, 1, out.length - 1);
        return out;
    }

    private static int number(byte[] to, int at, long value) {
        int next = at;
        long rest = value;
        while (rest >= 128) {
            to[next++] = (byte) (rest | 128);
            rest >>>= 7;
        }
        to[next++] = (byte) rest;
        return next;
    }

    /** Gives back the native memory. */
    public void end() {
        deflater.end();
    }

    /** Unpacks a block. */
    static StoredBlock open(long block, byte[] sealed) {
        byte[] body = sealed;
        int at = 1;
        int end = sealed.length;
        if (sealed.length < 1 || sealed[0] != PLAIN && sealed[0] != DEFLATED) {
            throw damaged(block);
        }
        if (sealed[0] == DEFLATED) {
            body = new byte[Math.max(1024, sealed.length * 4)];
            end = 0;
            at = 0;
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(sealed, 1, sealed.length - 1);
                while (!inflater.finished()) {
                    if (end == body.length) {
                        body = Arrays.copyOf(body, body.length * 2);
                    }
                    int got = inflater.inflate(body, end, body.length - end);
                    if (got == 0 && (inflater.needsInput() || inflater.needsDictionary()) || end > MOST) {
                        throw damaged(block);
                    }
                    end += got;
                }
            } catch (DataFormatException e) {
                throw damaged(block);
            } finally {
                inflater.end();
            }
        }
        try {
            return numbers(block, body, at, end);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw damaged(block);
        }
    }

    private static StoredBlock numbers(long block, byte[] body, int from, int end) {
        int at = from;
        long worker = 0;
        long start = 0;
        long[] walls = new long[StoredBlock.SIZE];
        for (int k = -2; k < walls.length; k++) {
            long value = 0;
            int shift = 0;
            while (body[at] < 0) {
                value |= (long) (body[at++] & 127) << shift;
                shift += 7;
            }
            value |= (long) body[at++] << shift;
            if (k >= 0) {
                walls[k] = value;
            } else if (k == -1) {
                start = value;
            } else {
                worker = value;
            }
        }
        if (at > end) {
            throw damaged(block);
        }
        return StoredBlock.sealed(block, Arrays.copyOfRange(body, at, end), (int) worker, start, walls);
    }

    private static JobMonException damaged(long block) {
        return new JobMonException("Block " + block + " of the sweep is damaged in Redis, or was written by a newer"
                + " JobMon. Update this program, or clean the job and run it again.");
    }
}
