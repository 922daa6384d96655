package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Summary;
import io.jobmon.Sweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where is the threshold of site percolation on the square lattice? Sweeps p over two lattice sizes and looks where their
 * spanning probabilities cross.
 */
public final class PercolationSweep {

    /** M. E. J. Newman and R. M. Ziff, Physical Review Letters 85 (2000), 4104: 0.59274621(13). */
    private static final double THRESHOLD = 0.592746;

    private static final int SMALL = 64;
    private static final int LARGE = 256;
    private static final int REPLICATES = 500;

    private PercolationSweep() {}

    /**
     * Runs the sweep.
     *
     * @param args a file for the curves, .png or .svg, optional
     */
    public static void main(String[] args) {
        try (JobMon jobmon = JobMon.local()) {
            Sweep<Percolation.Params, Percolation.Outcome> sweep = jobmon.post(new Percolation())
                    .describe("site percolation on the square lattice near its threshold")
                    .replicates(REPLICATES)
                    .sweep(ParamSpace.grid()
                            .axis("p", Axis.linspace(0.580, 0.605, 26))
                            .axis("n", SMALL, LARGE));
            sweep.await(ProgressBar.console());
            report(sweep.results().summary("spans"));
            if (args.length > 0) {
                sweep.results()
                        .plot()
                        .line("p", "spans")
                        .series("n")
                        .label("p", "probability p that a site is open")
                        .label("spans", "share of lattices that an open cluster spans")
                        .write(Path.of(args[0]));
            }
        }
    }

    private static void report(Summary spans) {
        List<Summary.Row> small = rows(spans, SMALL);
        List<Summary.Row> large = rows(spans, LARGE);
        List<Summary.Row> shown = spans.rows().stream()
                .filter(row -> Math.round(row.point().getDouble("p") * 1000) % 5 == 0)
                .toList();
        print("%nHow often an open cluster reaches across (every fifth p)%n");
        System.out.println(new Summary(spans.field(), shown));

        List<Crossing.Counts> counts = new ArrayList<>();
        for (int i = 0; i < small.size(); i++) {
            double p = small.get(i).point().getDouble("p");
            counts.add(new Crossing.Counts(p, spanning(small.get(i)), spanning(large.get(i)), REPLICATES));
        }
        Crossing crossing = Crossing.of(counts, 1);
        print("%nThe curves of n = %d and n = %d cross at p = %.5f", SMALL, LARGE, crossing.estimate());
        print("95 %% interval                        %.5f to %.5f", crossing.low(), crossing.high());
        print("threshold (Newman and Ziff 2000)     %.6f", THRESHOLD);
        print("distance                             %+.5f", crossing.estimate() - THRESHOLD);
        print("Estimate: zero of a line fitted to the difference of the curves; interval: bootstrap;");
        print("these two sizes cross about 0.0001 above the threshold of the infinite lattice.");
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static List<Summary.Row> rows(Summary spans, int n) {
        return spans.rows().stream()
                .filter(row -> row.point().getLong("n") == n)
                .toList();
    }

    private static int spanning(Summary.Row row) {
        return (int) Math.round(row.mean() * row.n());
    }
}
