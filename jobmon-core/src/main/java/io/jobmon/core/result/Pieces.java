package io.jobmon.core.result;

import io.jobmon.core.queue.SweepReader;
import java.util.Map;
import java.util.TreeMap;

/** Pieces of the outcome bitmap as of now: all, or of very many a sample. For one thread. */
final class Pieces {

    /** 2 MiB, 16.8 million experiments. */
    static final int MOST = 256;

    private static final int AT_ONCE = 16;

    private final Map<Integer, byte[]> pieces = new TreeMap<>();

    Pieces(SweepReader reader) {
        long top = Math.min(reader.top(), reader.size());
        int all = (int) ((top + Bitmap.PIECE - 1) / Bitmap.PIECE);
        if (all <= MOST) {
            for (int first = 0; first < all; first += AT_ONCE) {
                int piece = first;
                for (byte[] bits : reader.bits(first, Math.min(AT_ONCE, all - first))) {
                    pieces.put(piece++, bits);
                }
            }
            return;
        }
        Sample sample = new Sample(MOST);
        for (int piece = 0; piece < all; piece++) {
            sample.add(piece);
        }
        for (long piece : sample.sorted()) {
            pieces.put((int) piece, reader.bits((int) piece, 1).get(0));
        }
    }

    boolean holds(long index) {
        return pieces.containsKey((int) (index / Bitmap.PIECE));
    }

    /** Adds all outcomes that are no dead letters. */
    void successes(Letters letters, Sample sample) {
        pieces.forEach((piece, bits) -> {
            for (int i = 0; i < bits.length; i++) {
                if (bits[i] == 0) {
                    continue;
                }
                for (int bit = 0; bit < 8; bit++) {
                    long index = (long) piece * Bitmap.PIECE + 8L * i + bit;
                    if ((bits[i] & 0x80 >> bit) != 0 && !letters.holds(index)) {
                        sample.add(index);
                    }
                }
            }
        });
    }
}
