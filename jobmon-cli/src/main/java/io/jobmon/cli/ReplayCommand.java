package io.jobmon.cli;

import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Sweep;
import io.jobmon.spi.SweepDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "replay", description = "With its parameters and its seed. Nothing is stored.")
final class ReplayCommand extends RedisCommand {

    @Parameters(index = "0", paramLabel = "SWEEP", description = "The first characters of its id, or its job's name.")
    @SuppressWarnings("NullAway.Init")
    private String typed;

    @Parameters(index = "1", paramLabel = "INDEX", description = "The experiment, as failures and results show it.")
    private long index;

    @Override
    int execute() {
        try (JobMon jobmon = connect()) {
            Finder.Found found = new Finder(jobmon.jobs()).sweep(typed);
            Job<?, ?> job = jobs().get(found.job().name());
            if (job == null) {
                throw new UsageException(
                        "The code of " + found.job().name() + " is not here: only where its job stands in"
                                + " jobmon.yaml, or in the program, can it be run.");
            }
            Sweep<?, ?> sweep = jobmon.attach(found.sweep().id(), job);
            SweepDetails details = (SweepDetails) sweep;
            say(found.job().name() + " " + index + ": " + details.point(index) + ", replicate "
                    + index / details.points() + ", seed " + details.seed(index));
            out().println(details.replayed(index));
        }
        return 0;
    }
}
