package io.jobmon.core.result;

import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import java.util.List;

/** One look at the bitmap: the blocks with outcomes that were not given yet. Pieces that were given whole are not read. */
final class FreshBlocks implements BlockFeed.Numbers {

    private static final int AT_ONCE = 16;

    private final SweepReader reader;
    private final Seen seen;
    private final int pieces;
    private List<byte[]> bits = List.of();
    private int first;
    private int piece;
    private int block;

    FreshBlocks(SweepReader reader, Seen seen) {
        this.reader = reader;
        this.seen = seen;
        long top = Math.min(reader.top(), reader.size());
        this.pieces = (int) ((top + Bitmap.PIECE - 1) / Bitmap.PIECE);
    }

    @Override
    public long next() {
        while (piece < pieces) {
            if (block == Bitmap.BLOCKS || seen.full(piece)) {
                piece++;
                block = 0;
                continue;
            }
            if (piece >= first + bits.size()) {
                load();
            }
            int now = block++;
            if (seen.fresh(piece, bits.get(piece - first), now)) {
                return (long) piece * Bitmap.PIECE / StoredBlock.SIZE + now;
            }
        }
        return -1;
    }

    private void load() {
        int end = piece + 1;
        while (end < pieces && end - piece < AT_ONCE && !seen.full(end)) {
            end++;
        }
        first = piece;
        bits = reader.bits(first, end - first);
    }
}
