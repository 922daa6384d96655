package io.jobmon.examples;

import java.util.BitSet;

/**
 * The clusters of open sites on a square of n x n, where neighbours left, right, above and below touch.
 *
 * <p>Clusters are trees in one array, joined by size and shortened by path halving: R. E. Tarjan and J. van Leeuwen, Worst-case
 * Analysis of Set Union Algorithms, Journal of the ACM 31 (1984), 245-281; for percolation: M. E. J. Newman and R. M. Ziff,
 * Fast Monte Carlo algorithm for site or bond percolation, Physical Review E 64 (2001), 016706.
 */
final class Lattice {

    private final int n;
    private final BitSet open;

    /** Of a root: minus the size of its cluster; of any other site: a site nearer to the root. */
    private final int[] parent;

    private int largest;

    /**
     * Finds the clusters.
     *
     * @param n the side
     * @param open the open sites, row by row
     */
    Lattice(int n, BitSet open) {
        this.n = n;
        this.open = open;
        this.parent = new int[n * n];
        for (int site = open.nextSetBit(0); site >= 0; site = open.nextSetBit(site + 1)) {
            parent[site] = -1;
            largest = Math.max(largest, 1);
            if (site % n > 0 && open.get(site - 1)) {
                join(site, site - 1);
            }
            if (site >= n && open.get(site - n)) {
                join(site, site - n);
            }
        }
    }

    /** How many sites the largest cluster has. */
    int largest() {
        return largest;
    }

    /** Whether a cluster reaches from the first row to the last. */
    boolean spans() {
        BitSet top = new BitSet(n * n);
        for (int site = open.nextSetBit(0); site >= 0 && site < n; site = open.nextSetBit(site + 1)) {
            top.set(root(site));
        }
        for (int site = open.nextSetBit(n * (n - 1)); site >= 0; site = open.nextSetBit(site + 1)) {
            if (top.get(root(site))) {
                return true;
            }
        }
        return false;
    }

    private void join(int a, int b) {
        int big = root(a);
        int small = root(b);
        if (big == small) {
            return;
        }
        if (parent[big] > parent[small]) {
            int other = big;
            big = small;
            small = other;
        }
        parent[big] += parent[small];
        parent[small] = big;
        largest = Math.max(largest, -parent[big]);
    }

    private int root(int site) {
        int at = site;
        while (parent[at] >= 0) {
            int up = parent[at];
            if (parent[up] >= 0) {
                parent[at] = parent[up];
            }
            at = up;
        }
        return at;
    }
}
