package io.jobmon.core.result;

import io.jobmon.Failure;
import io.jobmon.core.queue.DeadLetter;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;

/** A sweep whose outcomes follow from their indices: nothing is stored. */
final class RuleSweep implements SweepReader {

    static final int NOTHING = -2;
    static final int SUCCESS = -1;

    final Map<Integer, Failure> causes = new HashMap<>();
    private final long points;
    private final long size;
    private final LongToIntFunction outcome;

    /** The outcome of an index is NOTHING, SUCCESS, or the number of its cause. */
    RuleSweep(long points, int replicates, LongToIntFunction outcome) {
        this.points = points;
        this.size = points * replicates;
        this.outcome = outcome;
        causes.put(
                0,
                new Failure(
                        "java.lang.IllegalStateException",
                        "matrix is singular",
                        "at org.example.Lu.solve(Lu.java:12)"));
        causes.put(1, new Failure("java.lang.ArithmeticException", "/ by zero", ""));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long points() {
        return points;
    }

    @Override
    public long top() {
        return size;
    }

    @Override
    public List<byte[]> bits(int firstPiece, int pieces) {
        List<byte[]> all = new ArrayList<>();
        for (int piece = firstPiece; piece < firstPiece + pieces; piece++) {
            byte[] bits = new byte[Bitmap.PIECE / 8];
            for (int i = 0; i < Bitmap.PIECE; i++) {
                long index = (long) piece * Bitmap.PIECE + i;
                if (index < size && outcome.applyAsInt(index) != NOTHING) {
                    bits[i / 8] |= (byte) (0x80 >> i % 8);
                }
            }
            all.add(bits);
        }
        return all;
    }

    @Override
    public void deadLetters(Consumer<? super DeadLetter> letters) {
        for (long index = 0; index < size; index++) {
            int cause = outcome.applyAsInt(index);
            if (cause >= 0) {
                letters.accept(new DeadLetter(index, cause, 1, 0, 10 * index, 5000, false));
            }
        }
    }

    @Override
    public long done() {
        long done = 0;
        for (long index = 0; index < size; index++) {
            done += outcome.applyAsInt(index) == SUCCESS ? 1 : 0;
        }
        return done;
    }

    @Override
    public Map<Integer, Failure> causes() {
        return Map.copyOf(causes);
    }

    @Override
    public CompletableFuture<List<StoredBlock>> read(long[] blocks) {
        throw new AssertionError("a report reads no results");
    }

    @Override
    public String worker(int number) {
        return "w";
    }

    @Override
    public Optional<byte[]> output(long index) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> ground(long index) {
        return Optional.empty();
    }
}
