package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LatticeTest {

    private static Lattice lattice(String... rows) {
        BitSet open = new BitSet();
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows.length; column++) {
                open.set(row * rows.length + column, rows[row].charAt(column) == '#');
            }
        }
        return new Lattice(rows.length, open);
    }

    @Test
    void should_span_when_a_column_is_open() {
        Lattice lattice = lattice(".#..", ".#..", ".#..", ".#..");

        assertThat(lattice.spans()).isTrue();
        assertThat(lattice.largest()).isEqualTo(4);
    }

    @Test
    void should_span_when_a_path_winds_up_again() {
        Lattice lattice = lattice("#.###", "#.#.#", "###.#", "....#", "....#");

        assertThat(lattice.spans()).isTrue();
        assertThat(lattice.largest()).isEqualTo(13);
    }

    @Test
    void should_not_span_when_sites_touch_at_corners_only() {
        Lattice lattice = lattice("#...", ".#..", "..#.", "...#");

        assertThat(lattice.spans()).isFalse();
        assertThat(lattice.largest()).isEqualTo(1);
    }

    @Test
    void should_not_span_when_only_a_row_is_open() {
        Lattice lattice = lattice("....", "####", "....", "....");

        assertThat(lattice.spans()).isFalse();
        assertThat(lattice.largest()).isEqualTo(4);
    }

    @Test
    void should_not_join_the_ends_of_rows_when_they_follow_each_other() {
        Lattice lattice = lattice("..#", "#..", "...");

        assertThat(lattice.largest()).isEqualTo(1);
    }

    @Test
    void should_find_nothing_when_all_is_closed() {
        Lattice lattice = lattice("..", "..");

        assertThat(lattice.spans()).isFalse();
        assertThat(lattice.largest()).isZero();
    }

    @Test
    void should_span_when_the_lattice_is_one_open_site() {
        assertThat(lattice("#").spans()).isTrue();
        assertThat(lattice(".").spans()).isFalse();
    }

    @Test
    void should_agree_with_a_flood_fill_when_lattices_are_random() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        int spanning = 0;
        for (int i = 0; i < 300; i++) {
            int n = 1 + random.nextInt(20);
            BitSet open = new BitSet();
            for (int site = 0; site < n * n; site++) {
                open.set(site, random.nextDouble() < 0.59);
            }
            Lattice lattice = new Lattice(n, open);
            Flood flood = new Flood(n, open);
            assertThat(lattice.spans()).isEqualTo(flood.spans);
            assertThat(lattice.largest()).isEqualTo(flood.largest);
            spanning += flood.spans ? 1 : 0;
        }
        assertThat(spanning).isBetween(60, 240);
    }

    /** The clusters, found by filling one after the other. */
    private static final class Flood {

        private final Deque<Integer> waiting = new ArrayDeque<>();
        private int largest;
        private boolean spans;

        Flood(int n, BitSet open) {
            BitSet left = (BitSet) open.clone();
            for (int start = left.nextSetBit(0); start >= 0; start = left.nextSetBit(0)) {
                reach(left, start);
                int size = 0;
                boolean top = false;
                boolean bottom = false;
                while (!waiting.isEmpty()) {
                    int site = waiting.pop();
                    size++;
                    top |= site < n;
                    bottom |= site >= n * (n - 1);
                    if (site % n > 0) {
                        reach(left, site - 1);
                    }
                    if (site % n < n - 1) {
                        reach(left, site + 1);
                    }
                    if (site >= n) {
                        reach(left, site - n);
                    }
                    reach(left, site + n);
                }
                largest = Math.max(largest, size);
                spans |= top && bottom;
            }
        }

        private void reach(BitSet left, int site) {
            if (left.get(site)) {
                left.clear(site);
                waiting.push(site);
            }
        }
    }
}
