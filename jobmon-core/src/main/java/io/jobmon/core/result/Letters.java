package io.jobmon.core.result;

import io.jobmon.core.queue.DeadLetter;
import io.jobmon.core.queue.SweepReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The dead letters of a sweep: 8 bytes each, and a little for each cause. For one thread. */
final class Letters {

    /** Bits for the cause: its number plus one, which is at most 1,000; an index has at most 32. */
    private static final int CAUSE_BITS = 10;

    private static final long CAUSE_MASK = (1L << CAUSE_BITS) - 1;

    /** When those of one cause failed, ms since the post, and the first that has output. */
    static final class Span {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long printed = Long.MAX_VALUE;

        void add(DeadLetter letter) {
            long at = letter.start() + letter.wall() / 1000;
            first = Math.min(first, at);
            last = Math.max(last, at);
            if (letter.printed()) {
                printed = Math.min(printed, letter.index());
            }
        }

        void add(Span other) {
            first = Math.min(first, other.first);
            last = Math.max(last, other.last);
            printed = Math.min(printed, other.printed);
        }
    }

    private final Map<Integer, Span> spans = new HashMap<>();
    private long[] packed = new long[1024];
    private int size;

    static Letters read(SweepReader reader) {
        Letters letters = new Letters();
        reader.deadLetters(letters::add);
        letters.sort();
        return letters;
    }

    private void add(DeadLetter letter) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, 2 * size);
        }
        packed[size++] = letter.index() << CAUSE_BITS | Math.max(-1, letter.cause()) + 1;
        spans.computeIfAbsent(Math.max(-1, letter.cause()), cause -> new Span()).add(letter);
    }

    private void sort() {
        Arrays.sort(packed, 0, size);
        int kept = 0;
        for (int k = 0; k < size; k++) {
            if (kept == 0 || index(k) != index(kept - 1)) {
                packed[kept++] = packed[k];
            }
        }
        size = kept;
    }

    int size() {
        return size;
    }

    /** The index of the kth, ascending. */
    long index(int k) {
        return packed[k] >>> CAUSE_BITS;
    }

    /** The cause of the kth, -1 if it is not kept. */
    int cause(int k) {
        return (int) (packed[k] & CAUSE_MASK) - 1;
    }

    Map<Integer, Span> spans() {
        return spans;
    }

    boolean holds(long index) {
        int at = Arrays.binarySearch(packed, 0, size, index << CAUSE_BITS);
        int next = at >= 0 ? at : -at - 1;
        return next < size && index(next) == index;
    }
}
