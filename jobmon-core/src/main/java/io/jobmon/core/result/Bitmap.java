package io.jobmon.core.result;

import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import java.util.ArrayList;
import java.util.List;

/** The outcome bitmap of a sweep as of now, read piece by piece as far as it is walked. For one thread. */
final class Bitmap implements BlockFeed.Numbers {

    /** Indices in a piece. */
    static final int PIECE = 65_536;

    static final int BLOCKS = PIECE / StoredBlock.SIZE;

    private static final int AT_ONCE = 16;
    private static final int BLOCK_BYTES = StoredBlock.SIZE / 8;

    private final SweepReader reader;
    private final long blocks;
    private long next;
    private List<byte[]> pieces = new ArrayList<>();
    private int first;

    Bitmap(SweepReader reader) {
        this.reader = reader;
        this.blocks = (Math.min(reader.top(), reader.size()) + StoredBlock.SIZE - 1) / StoredBlock.SIZE;
    }

    @Override
    public long next() {
        while (next < blocks) {
            int piece = (int) (next / BLOCKS);
            if (piece >= first + pieces.size()) {
                first = piece;
                int last = (int) ((blocks - 1) / BLOCKS);
                pieces = reader.bits(first, Math.min(AT_ONCE, last - first + 1));
            }
            long block = next++;
            if (any(pieces.get(piece - first), (int) (block % BLOCKS))) {
                return block;
            }
        }
        return -1;
    }

    private static boolean any(byte[] bits, int block) {
        int end = Math.min(bits.length, (block + 1) * BLOCK_BYTES);
        for (int i = block * BLOCK_BYTES; i < end; i++) {
            if (bits[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
