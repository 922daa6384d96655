package io.jobmon.core.queue;

import io.jobmon.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The reading side of one sweep.
 *
 * <p>Thread safety: any number of threads.
 */
public interface SweepReader {

    /**
     * How many experiments there are.
     *
     * @return points times replicates
     */
    long size();

    /**
     * How many points there are. Index = replicate * points + point.
     *
     * @return the points
     */
    long points();

    /**
     * One past the highest index that may have an outcome, read now.
     *
     * @return the bound
     */
    long top();

    /**
     * Pieces of the outcome bitmap. Index i of piece k = i / 65,536 is bit 0x80 >> (i % 8) of byte i % 65,536 / 8.
     *
     * @param firstPiece the first
     * @param pieces how many, at most 64
     * @return for each 8,192 bytes or fewer; what is missing is 0
     */
    List<byte[]> bits(int firstPiece, int pieces);

    /**
     * Reads blocks.
     *
     * @param blocks their numbers, at most 64
     * @return the blocks, in this order
     */
    CompletableFuture<List<StoredBlock>> read(long[] blocks);

    /**
     * Goes through the dead letters, in no order. One may be told twice while others come.
     *
     * @param letters told each
     */
    void deadLetters(Consumer<? super DeadLetter> letters);

    /**
     * How many results there are.
     *
     * @return the number
     */
    long done();

    /**
     * What the process of a dead letter printed.
     *
     * @param index the experiment
     * @return JSON: stdout, stderr; or empty
     */
    Optional<byte[]> output(long index);

    /**
     * The causes of dead letters.
     *
     * @return number to failure
     */
    Map<Integer, Failure> causes();

    /**
     * A worker's id.
     *
     * @param number its number in this sweep
     * @return the id, {@code ?} if unknown
     */
    String worker(int number);

    /**
     * Whether any experiment has a ground truth.
     *
     * @return false if {@link #ground} is empty for all
     */
    default boolean hasGround() {
        return true;
    }

    /**
     * What a synthetic experiment was generated from.
     *
     * @param index the experiment
     * @return JSON, or empty
     */
    Optional<byte[]> ground(long index);
}
