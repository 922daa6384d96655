package io.jobmon.core.result;

import io.jobmon.core.queue.StoredBlock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One bit per index: what was given already. Costs nothing where nothing was given, or all. For one thread. */
final class Seen {

    private static final int BLOCK_BYTES = StoredBlock.SIZE / 8;

    private static final class Piece {
        private byte @Nullable [] bits = new byte[Bitmap.PIECE / 8];
        private int count;
    }

    private final long size;
    private final Map<Integer, Piece> pieces = new HashMap<>();

    /** The piece that was asked for last: the next index is nearly always in the same. */
    private @Nullable Piece last;

    private int lastNumber = -1;

    Seen(long size) {
        this.size = size;
    }

    boolean full(int piece) {
        Piece known = pieces.get(piece);
        return known != null && known.bits == null;
    }

    private @Nullable Piece piece(int number) {
        if (number != lastNumber || last == null) {
            lastNumber = number;
            last = pieces.get(number);
        }
        return last;
    }

    boolean given(long index) {
        Piece piece = piece((int) (index / Bitmap.PIECE));
        if (piece == null) {
            return false;
        }
        byte[] bits = piece.bits;
        int at = (int) (index % Bitmap.PIECE);
        return bits == null || (bits[at / 8] & 0x80 >> at % 8) != 0;
    }

    /** Marks an index; false if it was marked. */
    boolean add(long index) {
        int number = (int) (index / Bitmap.PIECE);
        Piece piece = piece(number);
        if (piece == null) {
            piece = new Piece();
            pieces.put(number, piece);
        }
        byte[] bits = piece.bits;
        if (bits == null) {
            return false;
        }
        int at = (int) (index % Bitmap.PIECE);
        int mask = 0x80 >> at % 8;
        if ((bits[at / 8] & mask) != 0) {
            return false;
        }
        bits[at / 8] |= (byte) mask;
        if (++piece.count == Math.min(Bitmap.PIECE, size - (long) number * Bitmap.PIECE)) {
            piece.bits = null;
        }
        return true;
    }

    /** Whether a block of a piece has an outcome that was not given yet. */
    boolean fresh(int piece, byte[] outcomes, int block) {
        Piece known = pieces.get(piece);
        byte[] bits = known == null ? null : known.bits;
        if (known != null && bits == null) {
            return false;
        }
        int end = Math.min(outcomes.length, (block + 1) * BLOCK_BYTES);
        for (int i = block * BLOCK_BYTES; i < end; i++) {
            int given = bits == null ? 0 : bits[i];
            if ((outcomes[i] & ~given) != 0) {
                return true;
            }
        }
        return false;
    }
}
