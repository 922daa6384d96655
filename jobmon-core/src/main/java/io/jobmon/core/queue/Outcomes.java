package io.jobmon.core.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of one sweep on their way to Redis: what one commit and one fail carry. Bounded by its maker.
 *
 * <p>Thread safety: for one thread.
 */
public final class Outcomes {

    /** The most single results of one commit. */
    public static final int MAX_SINGLES = 1000;

    /** The most sealed blocks of one commit. */
    public static final int MAX_BLOCKS = 32;

    /** The most bytes of one commit. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /**
     * A single result.
     *
     * @param index the experiment
     * @param start when it began, ms since the post
     * @param wall how long it ran, microseconds
     * @param attempt which attempt
     * @param worker the worker's number
     * @param value the positional list
     * @param ground the ground truth as JSON, empty if none
     */
    public record Single(long index, long start, long wall, int attempt, int worker, byte[] value, byte[] ground) {

        int bytes() {
            return value.length + ground.length + 64;
        }
    }

    /**
     * A sealed block.
     *
     * @param block its number
     * @param sealed what {@link BlockSealer} made
     */
    public record Block(long block, byte[] sealed) {}

    /**
     * The results of a sealed block one by one, for when it may not be stored as a whole.
     *
     * @param block the block
     * @return its results, all of a first attempt
     */
    public static List<Single> singles(Block block) {
        StoredBlock open = BlockSealer.open(block.block, block.sealed);
        List<byte[]> lists = open.lists();
        List<Single> singles = new ArrayList<>(lists.size());
        for (int i = 0; i < lists.size(); i++) {
            singles.add(new Single(
                    block.block * StoredBlock.SIZE + i,
                    open.startMillis(i),
                    open.wallMicros(i),
                    1,
                    open.worker(i),
                    lists.get(i),
                    new byte[0]));
        }
        return singles;
    }

    /**
     * A failed attempt.
     *
     * @param index the experiment
     * @param epoch the epoch of its claim
     * @param request the claim's request
     * @param hopeless whether another attempt cannot help
     * @param start when it began, ms since the post
     * @param wall how long it ran, microseconds
     * @param causeKey what failures of one cause share
     * @param cause the failure as JSON
     * @param output what its process printed, as JSON: stdout, stderr; null if there is none
     */
    public record Fault(
            long index,
            long epoch,
            String request,
            boolean hopeless,
            long start,
            long wall,
            String causeKey,
            byte[] cause,
            byte @Nullable [] output) {

        /**
         * A failed attempt of which no output was kept.
         *
         * @param index the experiment
         * @param epoch the epoch of its claim
         * @param request the claim's request
         * @param hopeless whether another attempt cannot help
         * @param start when it began, ms since the post
         * @param wall how long it ran, microseconds
         * @param causeKey what failures of one cause share
         * @param cause the failure as JSON
         */
        public Fault(
                long index,
                long epoch,
                String request,
                boolean hopeless,
                long start,
                long wall,
                String causeKey,
                byte[] cause) {
            this(index, epoch, request, hopeless, start, wall, causeKey, cause, null);
        }

        int bytes() {
            return cause.length + (output == null ? 0 : output.length) + 64;
        }
    }

    final List<Single> singles = new ArrayList<>();
    final List<Block> blocks = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    private int bytes;

    /**
     * Adds a single result.
     *
     * @param single the result
     */
    public void add(Single single) {
        singles.add(single);
        bytes += single.bytes();
    }

    /**
     * Adds a sealed block.
     *
     * @param block the block
     */
    public void add(Block block) {
        blocks.add(block);
        bytes += block.sealed.length;
    }

    /**
     * Adds a failed attempt.
     *
     * @param fault the failure
     */
    public void add(Fault fault) {
        faults.add(fault);
        bytes += fault.bytes();
    }

    /**
     * Ends a claim with this commit.
     *
     * @param request the claim's request
     */
    public void end(String request) {
        ended.add(request);
    }

    /**
     * The sealed blocks.
     *
     * @return an unmodifiable list
     */
    public List<Block> blocks() {
        return Collections.unmodifiableList(blocks);
    }

    /**
     * The claims that end with it.
     *
     * @return an unmodifiable list of requests
     */
    public List<String> ended() {
        return Collections.unmodifiableList(ended);
    }

    /**
     * Whether nothing more should be added.
     *
     * @return true at the limit of one commit
     */
    public boolean full() {
        return singles.size() >= MAX_SINGLES
                || blocks.size() >= MAX_BLOCKS
                || faults.size() >= 100
                || ended.size() >= MAX_SINGLES
                || bytes >= MAX_BYTES - BlockSealer.LIMIT * 2;
    }

    /**
     * Whether there is nothing in it.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return singles.isEmpty() && blocks.isEmpty() && faults.isEmpty() && ended.isEmpty();
    }

    /**
     * How many outcomes it carries.
     *
     * @return results and failures
     */
    public int size() {
        return singles.size() + blocks.size() * StoredBlock.SIZE + faults.size();
    }
}
