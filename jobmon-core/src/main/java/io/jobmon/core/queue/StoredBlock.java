package io.jobmon.core.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of 128 consecutive indices, as stored.
 *
 * <p>Thread safety: for one thread.
 */
public final class StoredBlock {

    /** Indices in a block. */
    public static final int SIZE = 128;

    /** No outcome. */
    public static final int NOTHING = 0;

    /** A result. */
    public static final int RESULT = 1;

    /** A dead letter. */
    public static final int DEAD = 2;

    private final long block;
    private byte @Nullable [] packed;
    private @Nullable Sealed sealed;
    private final @Nullable Cells open;

    /**
     * What a sealed block says of its 128 results.
     *
     * @param payload their positional lists
     * @param worker the number of the worker that ran them all
     * @param start when the first began, ms since the post
     * @param walls wall times in microseconds
     */
    private record Sealed(byte[] payload, int worker, long start, long[] walls) {}

    /** What is known of each index of an open block. */
    private static final class Cells {
        final byte[] states = new byte[SIZE];
        final long[] starts = new long[SIZE];
        final long[] walls = new long[SIZE];
        final int[] attempts = new int[SIZE];
        final int[] workers = new int[SIZE];
        final int[] causes = new int[SIZE];
        final boolean[] printed = new boolean[SIZE];
        final byte[][] values = new byte[SIZE][];
    }

    private StoredBlock(long block, @Nullable Sealed sealed, @Nullable Cells open) {
        this.block = block;
        this.sealed = sealed;
        this.open = open;
    }

    /**
     * A sealed block that is unpacked when it is first looked at, by the thread that looks.
     *
     * @param block its number
     * @param packed what {@link BlockSealer} made
     * @return the block
     */
    static StoredBlock packed(long block, byte[] packed) {
        StoredBlock stored = new StoredBlock(block, null, null);
        stored.packed = packed;
        return stored;
    }

    /** What is in a sealed block; null of an open one. */
    private @Nullable Sealed sealed() {
        byte[] bytes = packed;
        if (bytes != null) {
            // A damaged one says so each time that it is looked at.
            sealed = BlockSealer.open(block, bytes).sealed;
            packed = null;
        }
        return sealed;
    }

    /** The cells of a block that is not sealed. */
    private Cells open() {
        if (open == null) {
            throw new IllegalStateException("a sealed block");
        }
        return open;
    }

    /**
     * A block with no outcome yet.
     *
     * @param block its number
     * @return the block
     */
    static StoredBlock open(long block) {
        return new StoredBlock(block, null, new Cells());
    }

    /**
     * A sealed block.
     *
     * @param block its number
     * @param payload the 128 positional lists
     * @param worker the worker's number
     * @param start when the block began, ms since the post
     * @param walls 128 wall times in microseconds; not to be changed any more
     * @return the block
     */
    static StoredBlock sealed(long block, byte[] payload, int worker, long start, long[] walls) {
        return new StoredBlock(block, new Sealed(payload, worker, start, walls), null);
    }

    /** Adds a result to an open block. */
    StoredBlock result(int i, long start, long wall, int attempt, int worker, byte[] value) {
        run(i, RESULT, start, wall, attempt, worker);
        open().values[i] = value;
        return this;
    }

    /** Adds a dead letter to an open block. */
    StoredBlock dead(int i, DeadLetter letter) {
        run(i, DEAD, letter.start(), letter.wall(), letter.attempts(), letter.worker());
        open().causes[i] = letter.cause();
        open().printed[i] = letter.printed();
        return this;
    }

    private void run(int i, int state, long start, long wall, int attempt, int worker) {
        Cells cells = open();
        cells.states[i] = (byte) state;
        cells.starts[i] = start;
        cells.walls[i] = wall;
        cells.attempts[i] = attempt;
        cells.workers[i] = worker;
    }

    /**
     * The block's number.
     *
     * @return the number: indices number * 128 to number * 128 + 127
     */
    public long block() {
        return block;
    }

    /**
     * What there is of an index.
     *
     * @param i from 0 to 127
     * @return {@link #NOTHING}, {@link #RESULT} or {@link #DEAD}
     */
    public int state(int i) {
        return sealed() == null ? open().states[i] : RESULT;
    }

    /**
     * Whether all 128 values lie in {@link #payload()}.
     *
     * @return true of a sealed block
     */
    public boolean contiguous() {
        return sealed() != null;
    }

    /**
     * The positional lists of a sealed block, one after the other.
     *
     * @return the bytes
     */
    public byte[] payload() {
        Sealed all = sealed();
        if (all == null) {
            throw new IllegalStateException("an open block");
        }
        return all.payload;
    }

    /**
     * Cuts a sealed block's payload into its positional lists.
     *
     * @return 128 lists
     */
    public List<byte[]> lists() {
        byte[] all = payload();
        List<byte[]> lists = new ArrayList<>(SIZE);
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int at = 0; at < all.length; at++) {
            byte c = all[at];
            if (quoted) {
                if (c == '\\') {
                    at++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if ((c == ']' || c == '}') && --depth == 0) {
                lists.add(Arrays.copyOfRange(all, start, at + 1));
                start = at + 1;
            }
        }
        return lists;
    }

    /**
     * The positional list of a result in an open block.
     *
     * @param i from 0 to 127
     * @return the bytes
     */
    public byte[] value(int i) {
        return open().values[i];
    }

    /**
     * When the last attempt began.
     *
     * @param i from 0 to 127
     * @return milliseconds since the sweep was posted
     */
    public long startMillis(int i) {
        Sealed all = sealed();
        return all == null ? open().starts[i] : all.start;
    }

    /**
     * How long it ran.
     *
     * @param i from 0 to 127
     * @return microseconds
     */
    public long wallMicros(int i) {
        Sealed all = sealed();
        return all == null ? open().walls[i] : all.walls[i];
    }

    /**
     * How many attempts it took.
     *
     * @param i from 0 to 127
     * @return the attempts, from 1
     */
    public int attempts(int i) {
        return sealed() == null ? open().attempts[i] : 1;
    }

    /**
     * Who ran it.
     *
     * @param i from 0 to 127
     * @return the worker's number in this sweep, -1 if unknown
     */
    public int worker(int i) {
        Sealed all = sealed();
        return all == null ? open().workers[i] : all.worker;
    }

    /**
     * Why it failed.
     *
     * @param i from 0 to 127
     * @return the cause's number, -1 if it is not among the first 1,000
     */
    public int cause(int i) {
        return sealed() == null ? open().causes[i] : 0;
    }

    /**
     * Whether what its process printed was kept.
     *
     * @param i from 0 to 127
     * @return true of a dead letter that has output
     */
    public boolean printed(int i) {
        return sealed() == null && open().printed[i];
    }
}
