package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Results;
import io.jobmon.Sweep;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Which epidemic was it? Tries 121 x 121 SIR models on the influenza outbreak of {@link FluFit} and prints the best.
 *
 * <p>Arguments, all optional: a folder that keeps the results, so that a second run has nothing left to do; a file for all
 * of them as CSV; anywhere among them a file that ends with .png or .svg, for a heat map of the misfit.
 */
public final class FluSweep {

    private FluSweep() {}

    /**
     * Runs the sweep.
     *
     * @param args a folder to keep results in, a CSV file to write, a picture to write
     */
    public static void main(String[] args) {
        List<String> pictures = Arrays.stream(args).filter(FluSweep::isPicture).toList();
        List<String> others = Arrays.stream(args).filter(arg -> !isPicture(arg)).toList();
        try (JobMon jobmon = others.isEmpty() ? JobMon.local() : JobMon.local(Path.of(others.get(0)))) {
            Sweep<FluFit.Params, FluFit.Outcome> sweep = jobmon.post(new FluFit())
                    .describe("SIR models of the influenza outbreak in a boarding school, England 1978")
                    .sweep(ParamSpace.grid()
                            .axis("beta", Axis.linspace(1.40, 2.00, 121))
                            .axis("gamma", Axis.linspace(0.30, 0.60, 121)));
            if (!others.isEmpty()) {
                System.out.println(sweep.progress().done() + " of " + sweep.size() + " experiments are done already");
            }
            sweep.await(ProgressBar.console());
            if (others.size() > 1) {
                sweep.results().writeCsv(Path.of(others.get(1)));
            }
            for (String picture : pictures) {
                draw(sweep.results(), Path.of(picture));
            }
            System.out.println(FluReport.of(sweep.results().stream()));
        }
    }

    private static boolean isPicture(String argument) {
        return argument.endsWith(".png") || argument.endsWith(".svg");
    }

    private static void draw(Results<FluFit.Params, FluFit.Outcome> results, Path file) {
        results.plot()
                .heatMap("beta", "gamma", "misfit")
                .label("beta", "infection rate beta", "per day")
                .label("gamma", "recovery rate gamma", "per day")
                .label("misfit", "misfit", "boys squared")
                .logColour()
                .write(file);
    }
}
