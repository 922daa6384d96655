package io.jobmon.examples;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * Site percolation: opens each site of a square lattice with probability p and looks at the clusters of open neighbours. Below
 * a critical p they stay small, above it one of them reaches across.
 */
public final class Percolation implements Job<Percolation.Params, Percolation.Outcome> {

    /**
     * Which lattice.
     *
     * @param p the probability that a site is open
     * @param n the side of the square
     */
    public record Params(double p, int n) {}

    /**
     * What it was like.
     *
     * @param spans whether a cluster reaches from the first row to the last
     * @param largest the share of all sites that belongs to the largest cluster
     */
    public record Outcome(boolean spans, double largest) {}

    @Override
    public Outcome run(Params params, Experiment experiment) {
        RandomGenerator random = experiment.random(); // a stream of its own, the same wherever and whenever it runs
        int sites = params.n() * params.n();
        BitSet open = new BitSet(sites);
        for (int site = 0; site < sites; site++) {
            open.set(site, random.nextDouble() < params.p());
        }
        Lattice lattice = new Lattice(params.n(), open);
        return new Outcome(lattice.spans(), (double) lattice.largest() / sites);
    }
}
