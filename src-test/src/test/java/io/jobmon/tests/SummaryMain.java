package io.jobmon.tests;

import io.jobmon.JobMon;
import io.jobmon.Results;
import io.jobmon.Sweep;
import java.nio.file.Path;

/** Runs a sweep, begins a plot, and draws it if there is an argument. */
final class SummaryMain {

    private SummaryMain() {}

    public static void main(String[] args) {
        try (JobMon jobmon = JobMon.local(1)) {
            Sweep<Integer, Long> sweep = jobmon.post(new Jobs.OfInteger()).sweep("value", 1, 2, 3);
            sweep.await();
            Results<Integer, Long> results = sweep.results();
            System.out.println(results.summary("value").rows().size());
            var plot = results.plot().line("value", "value").title("drawn");
            if (args.length > 0) {
                plot.write(Path.of(args[0]));
            }
        }
    }
}
