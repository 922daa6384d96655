package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;

/**
 * A sweep that a Prometheus server can watch: prints where the metrics are, runs, and prints them.
 *
 * <p>To watch while it runs: {@code curl http://127.0.0.1:9464/metrics}.
 */
public final class MetricsSweep {

    private static final int PORT = 9464;

    private MetricsSweep() {}

    /**
     * Runs the sweep.
     *
     * @param args the port, 9464 without it
     */
    public static void main(String[] args) {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : PORT;
        try (PrometheusListener metrics = new PrometheusListener(port)) {
            System.out.println("metrics are at " + metrics.address());
            sweep(metrics);
            System.out.print(metrics.page());
        }
    }

    /** When JobMon is closed, the listener has been told of all. */
    static long sweep(PrometheusListener metrics) {
        try (JobMon jobmon = JobMon.connect(JobMonOptions.local().listener(metrics))) {
            Sweep<Percolation.Params, Percolation.Outcome> sweep = jobmon.post(new Percolation())
                    .describe("site percolation on the square lattice")
                    .replicates(100)
                    .sweep(ParamSpace.grid()
                            .axis("p", Axis.linspace(0.50, 0.70, 11))
                            .axis("n", 64));
            sweep.await(ProgressBar.console());
            return sweep.size();
        }
    }
}
