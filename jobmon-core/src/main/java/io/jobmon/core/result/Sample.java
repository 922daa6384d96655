package io.jobmon.core.result;

import java.util.Arrays;

/**
 * The indices with the smallest hashes: a sample that does not depend on the order and has no rhythm that could meet that of a
 * grid. The hash is the finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators,
 * OOPSLA 2014). For one thread.
 */
final class Sample {

    private final int most;
    private final long[] indices;
    private int size;
    private long seen;
    private long limit = Long.MAX_VALUE;

    Sample(int most) {
        this.most = most;
        this.indices = new long[2 * most];
    }

    /** From 0 to Long.MAX_VALUE; different for different indices but for the lost bit. */
    static long hash(long index) {
        long z = (index + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) >>> 1;
    }

    void add(long index) {
        seen++;
        if (hash(index) > limit) {
            return;
        }
        if (size == indices.length) {
            prune();
        }
        indices[size++] = index;
    }

    private void prune() {
        long[] hashes =
                Arrays.stream(indices, 0, size).map(Sample::hash).sorted().toArray();
        limit = hashes[most - 1];
        int kept = 0;
        for (int k = 0; k < size; k++) {
            if (hash(indices[k]) <= limit) {
                indices[kept++] = indices[k];
            }
        }
        size = kept;
    }

    /** How many were added in all. */
    long seen() {
        return seen;
    }

    /** The sample, ascending. */
    long[] sorted() {
        if (size > most) {
            prune();
        }
        long[] sorted = Arrays.copyOf(indices, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
