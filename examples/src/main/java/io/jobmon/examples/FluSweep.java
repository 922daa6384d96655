package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;
import java.nio.file.Path;

/**
 * Which epidemic was it? Tries 121 x 121 SIR models on the influenza outbreak of {@link FluFit} and prints the best.
 *
 * <p>Arguments, both optional: a folder that keeps the results, so that a second run has nothing left to do; a file for all
 * of them as CSV.
 */
public final class FluSweep {

    private FluSweep() {}

    /**
     * Runs the sweep.
     *
     * @param args a folder to keep results in, a CSV file to write
     */
    public static void main(String[] args) {
        try (JobMon jobmon = args.length > 0 ? JobMon.local(Path.of(args[0])) : JobMon.local()) {
            Sweep<FluFit.Params, FluFit.Outcome> sweep = jobmon.post(new FluFit())
                    .describe("SIR models of the influenza outbreak in a boarding school, England 1978")
                    .sweep(ParamSpace.grid()
                            .axis("beta", Axis.linspace(1.40, 2.00, 121))
                            .axis("gamma", Axis.linspace(0.30, 0.60, 121)));
            if (args.length > 0) {
                System.out.println(sweep.progress().done() + " of " + sweep.size() + " experiments are done already");
            }
            sweep.await(ProgressBar.console());
            if (args.length > 1) {
                sweep.results().writeCsv(Path.of(args[1]));
            }
            System.out.println(FluReport.of(sweep.results().stream()));
        }
    }
}
