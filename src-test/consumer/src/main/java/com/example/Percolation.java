package com.example;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.util.random.RandomGenerator;

/** Site percolation on a square lattice: does a cluster of open sites reach from the top row to the bottom row? */
public final class Percolation implements Job<Percolation.Params, Percolation.Outcome> {
    public record Params(double p, int n) {}
    public record Outcome(boolean spans, double largest) {}

    @Override
    public Outcome run(Params params, Experiment experiment) {
        RandomGenerator random = experiment.random();   // a stream of its own, the same wherever and whenever it runs
        int n = params.n();
        Clusters clusters = new Clusters(n * n);
        boolean[] open = new boolean[n * n];
        for (int site = 0; site < n * n; site++) {
            open[site] = random.nextDouble() < params.p();
            if (open[site] && site % n > 0 && open[site - 1]) {
                clusters.join(site, site - 1);
            }
            if (open[site] && site >= n && open[site - n]) {
                clusters.join(site, site - n);
            }
        }
        return new Outcome(spans(n, open, clusters), largest(open, clusters) / (double) (n * n));
    }

    private static boolean spans(int n, boolean[] open, Clusters clusters) {
        boolean[] top = new boolean[n * n];
        for (int site = 0; site < n; site++) {
            top[clusters.of(site)] |= open[site];
        }
        for (int site = n * n - n; site < n * n; site++) {
            if (open[site] && top[clusters.of(site)]) {
                return true;
            }
        }
        return false;
    }

    private static int largest(boolean[] open, Clusters clusters) {
        int[] sizes = new int[open.length];
        int largest = 0;
        for (int site = 0; site < open.length; site++) {
            if (open[site]) {
                largest = Math.max(largest, ++sizes[clusters.of(site)]);
            }
        }
        return largest;
    }

    /** Disjoint sets with path halving. */
    private static final class Clusters {
        private final int[] parent;

        Clusters(int sites) {
            parent = new int[sites];
            for (int site = 0; site < sites; site++) {
                parent[site] = site;
            }
        }

        int of(int site) {
            int at = site;
            while (parent[at] != at) {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }
            return at;
        }

        void join(int a, int b) {
            parent[of(a)] = of(b);
        }
    }
}
