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
    private byte @Nullable [] payload;
    private final byte[] states = new byte[SIZE];
    private final long[] starts = new long[SIZE];
    private final long[] walls = new long[SIZE];
    private final int[] attempts = new int[SIZE];
    private final int[] workers = new int[SIZE];
    private final int[] causes = new int[SIZE];
    private final boolean[] printed = new boolean[SIZE];
    private final byte[][] values = new byte[SIZE][];

    private StoredBlock(long block, byte @Nullable [] payload) {
        this.block = block;
        this.payload = payload;
    }

    /**
     * A sealed block that is unpacked when it is first looked at, by the thread that looks.
     *
     * @param block its number
     * @param packed what {@link BlockSealer} made
     * @return the block
     */
    static StoredBlock packed(long block, byte[] packed) {
        StoredBlock stored = new StoredBlock(block, null);
        stored.packed = packed;
        return stored;
    }

    private void unpack() {
        byte[] sealed = packed;
        if (sealed != null) {
            packed = null;
            StoredBlock open = BlockSealer.open(block, sealed);
            payload = open.payload;
            System.arraycopy(open.states, 0, states, 0, SIZE);
            System.arraycopy(open.starts, 0, starts, 0, SIZE);
            System.arraycopy(open.walls, 0, walls, 0, SIZE);
            System.arraycopy(open.attempts, 0, attempts, 0, SIZE);
            System.arraycopy(open.workers, 0, workers, 0, SIZE);
        }
    }

    /**
     * A block with no outcome yet.
     *
     * @param block its number
     * @return the block
     */
    static StoredBlock open(long block) {
        return new StoredBlock(block, null);
    }

    /**
     * A sealed block.
     *
     * @param block its number
     * @param payload the 128 positional lists
     * @param worker the worker's number
     * @param start when the block began, ms since the post
     * @param walls wall times in microseconds
     * @return the block
     */
    static StoredBlock sealed(long block, byte[] payload, int worker, long start, long[] walls) {
        StoredBlock stored = new StoredBlock(block, payload);
        for (int i = 0; i < SIZE; i++) {
            stored.states[i] = RESULT;
            stored.starts[i] = start;
            stored.attempts[i] = 1;
            stored.workers[i] = worker;
        }
        System.arraycopy(walls, 0, stored.walls, 0, SIZE);
        return stored;
    }

    /** Adds a result to an open block. */
    StoredBlock result(int i, long start, long wall, int attempt, int worker, byte[] value) {
        run(i, RESULT, start, wall, attempt, worker);
        values[i] = value;
        return this;
    }

    /** Adds a dead letter to an open block. */
    StoredBlock dead(int i, DeadLetter letter) {
        run(i, DEAD, letter.start(), letter.wall(), letter.attempts(), letter.worker());
        causes[i] = letter.cause();
        printed[i] = letter.printed();
        return this;
    }

    private void run(int i, int state, long start, long wall, int attempt, int worker) {
        states[i] = (byte) state;
        starts[i] = start;
        walls[i] = wall;
        attempts[i] = attempt;
        workers[i] = worker;
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
        unpack();
        return states[i];
    }

    /**
     * Whether all 128 values lie in {@link #payload()}.
     *
     * @return true of a sealed block
     */
    public boolean contiguous() {
        unpack();
        return payload != null;
    }

    /**
     * The positional lists of a sealed block, one after the other.
     *
     * @return the bytes
     */
    public byte[] payload() {
        unpack();
        if (payload == null) {
            throw new IllegalStateException("an open block");
        }
        return payload;
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
        return values[i];
    }

    /**
     * When the last attempt began.
     *
     * @param i from 0 to 127
     * @return milliseconds since the sweep was posted
     */
    public long startMillis(int i) {
        unpack();
        return starts[i];
    }

    /**
     * How long it ran.
     *
     * @param i from 0 to 127
     * @return microseconds
     */
    public long wallMicros(int i) {
        unpack();
        return walls[i];
    }

    /**
     * How many attempts it took.
     *
     * @param i from 0 to 127
     * @return the attempts, from 1
     */
    public int attempts(int i) {
        unpack();
        return attempts[i];
    }

    /**
     * Who ran it.
     *
     * @param i from 0 to 127
     * @return the worker's number in this sweep, -1 if unknown
     */
    public int worker(int i) {
        unpack();
        return workers[i];
    }

    /**
     * Why it failed.
     *
     * @param i from 0 to 127
     * @return the cause's number, -1 if it is not among the first 1,000
     */
    public int cause(int i) {
        return causes[i];
    }

    /**
     * Whether what its process printed was kept.
     *
     * @param i from 0 to 127
     * @return true of a dead letter that has output
     */
    public boolean printed(int i) {
        return printed[i];
    }
}
