package io.jobmon.examples;

import io.jobmon.CommandJob;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Results;
import io.jobmon.Sweep;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Does an epidemic take off? Runs the Python script epidemic.py, 20 times for each of 5 x 2 points, and compares how often
 * there was an outbreak with what branching processes say: 1 - r0^-seeds above r0 = 1 (Bailey, The Mathematical Theory of
 * Infectious Diseases, 2nd ed., 1975).
 */
public final class PythonSweep {

    private static final int REPLICATES = 20;

    private PythonSweep() {}

    /**
     * What the script prints.
     *
     * @param attack the fraction of the population that was infected
     * @param peak the largest fraction that was infected at once
     * @param duration how long it took, in infectious periods
     * @param outbreak whether it took off
     */
    record Outcome(double attack, double peak, double duration, boolean outbreak) {}

    /**
     * Runs the sweep.
     *
     * @param args none
     */
    public static void main(String[] args) {
        CommandJob<Outcome> epidemic = epidemic();
        try (JobMon jobmon = JobMon.local()) {
            Sweep<Map<String, Object>, Outcome> sweep = jobmon.post(epidemic)
                    .describe("stochastic SIR epidemics, in Python")
                    .replicates(REPLICATES)
                    .sweep(space());
            sweep.await(ProgressBar.console());
            System.out.println(report(sweep.results()));
        }
    }

    static ParamSpace space() {
        return ParamSpace.grid().axis("r0", 0.8, 1.2, 1.6, 2.0, 3.0).axis("seeds", 1, 3);
    }

    /** The script lies beside this class. */
    static CommandJob<Outcome> epidemic() {
        URL script = Objects.requireNonNull(PythonSweep.class.getResource("epidemic.py"));
        try {
            Path path = Path.of(script.toURI());
            return CommandJob.of("epidemic", "python3", path.toString())
                    .files(path)
                    .outcome(Outcome.class);
        } catch (URISyntaxException | FileSystemNotFoundException e) {
            throw new IllegalStateException("Python cannot read inside a jar: run this from the class folder.", e);
        }
    }

    static String report(Results<Map<String, Object>, Outcome> results) {
        StringBuilder text = new StringBuilder("  r0  seeds  outbreaks  expected  mean attack\n");
        results.summary("outbreak").rows().forEach(row -> {
            double r0 = row.point().getDouble("r0");
            long seeds = row.point().getLong("seeds");
            double attack = results.stream()
                    .filter(result -> result.params().equals(row.point().asMap()))
                    .mapToDouble(result -> result.value().attack())
                    .average()
                    .orElse(Double.NaN);
            text.append(String.format(
                    Locale.ROOT,
                    "%4.1f %6d %10.2f %9.2f %12.3f%n",
                    r0,
                    seeds,
                    row.mean(),
                    expected(r0, seeds),
                    attack));
        });
        return text.toString();
    }

    static double expected(double r0, long seeds) {
        return r0 <= 1 ? 0 : 1 - Math.pow(r0, -seeds);
    }
}
