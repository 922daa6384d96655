package org.example;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import java.util.random.RandomGenerator;

/** A study whose job and records are visible in this package alone. */
public final class Lattice {

    private Lattice() {}

    record Params(double p, int n) {}

    record Cluster(int sites, double share) {}

    record Outcome(boolean spans, Cluster largest) {}

    static final class Column implements Job<Params, Outcome> {
        @Override
        public Outcome run(Params params, Experiment experiment) {
            RandomGenerator random = experiment.random();
            int longest = 0;
            int run = 0;
            for (int i = 0; i < params.n(); i++) {
                run = random.nextDouble() < params.p() ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
            return new Outcome(longest == params.n(), new Cluster(longest, (double) longest / params.n()));
        }
    }

    /**
     * Runs the study.
     *
     * @param jobmon where
     * @return the mean share of the largest cluster where every site is taken
     */
    public static double shareWhenFull(JobMon jobmon) {
        Sweep<Params, Outcome> sweep = jobmon.post(new Column())
                .describe("runs of taken sites in a column")
                .replicates(4)
                .sweep(ParamSpace.grid().axis("p", Axis.linspace(0.5, 1.0, 3)).axis("n", 8, 16));
        sweep.await();
        return sweep.results().summary("largest.share").rows().stream()
                .filter(row -> row.point().getDouble("p") == 1.0)
                .mapToDouble(row -> row.mean())
                .average()
                .orElseThrow();
    }
}
