package io.jobmon.core.plot;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The numbers of the lowest ranks, so many of them: what is kept does not depend on the order. For one thread. */
final class Sampled {

    private final int most;
    private final int width;
    private long[] ranks = new long[64];
    private double[] numbers;
    private int size;
    private long limit = Long.MAX_VALUE;

    /**
     * Begins with none.
     *
     * @param most how many are kept
     * @param width how many numbers each has
     */
    Sampled(int most, int width) {
        this.most = most;
        this.width = width;
        this.numbers = new double[ranks.length * width];
    }

    void add(long rank, double... row) {
        if (rank > limit) {
            return;
        }
        if (size == 2 * most) {
            prune();
        }
        if (size == ranks.length) {
            ranks = Arrays.copyOf(ranks, Math.min(2 * most, 2 * size));
            numbers = Arrays.copyOf(numbers, ranks.length * width);
        }
        ranks[size] = rank;
        System.arraycopy(row, 0, numbers, size * width, width);
        size++;
    }

    private void prune() {
        if (size <= most) {
            return;
        }
        long[] sorted = Arrays.copyOf(ranks, size);
        Arrays.sort(sorted);
        limit = sorted[most - 1];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (ranks[i] <= limit) {
                ranks[kept] = ranks[i];
                System.arraycopy(numbers, i * width, numbers, kept * width, width);
                kept++;
            }
        }
        size = kept;
    }

    /** The numbers of one column. */
    double[] values(int column) {
        prune();
        return IntStream.range(0, size)
                .mapToDouble(i -> numbers[i * width + column])
                .toArray();
    }
}
