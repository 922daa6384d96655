package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.SweepState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Nothing new starts, what runs is interrupted. Posting the same again opens it.")
final class CancelCommand extends RedisCommand {

    @Parameters(index = "0", paramLabel = "SWEEP", description = "The first characters of its id, or its job's name.")
    @SuppressWarnings("NullAway.Init")
    private String typed;

    @Override
    int execute() {
        try (JobMon jobmon = connect()) {
            Finder.Found found = new Finder(jobmon.jobs()).onlySweep(typed);
            if (found.sweep().state() == SweepState.COMPLETE) {
                throw new UsageException(found + " has ended already.");
            }
            SweepCommand.stored(jobmon, found).cancel();
            out().println("Cancelled " + Texts.shortly(found.sweep().id()) + " of "
                    + found.job().name() + ", " + Texts.count(found.sweep().done()) + " of "
                    + Texts.count(found.sweep().size()) + " done");
        }
        return 0;
    }
}
