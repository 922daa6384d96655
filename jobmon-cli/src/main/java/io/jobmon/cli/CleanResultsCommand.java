package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.spi.SweepDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cleanres", description = "The job's other sweeps stay.")
final class CleanResultsCommand extends RedisCommand {

    @Parameters(index = "0", paramLabel = "SWEEP", description = "The first characters of its id, or its job's name.")
    @SuppressWarnings("NullAway.Init")
    private String typed;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private DeletionOptions deletion;

    @Override
    int execute() {
        try (JobMon jobmon = connect()) {
            Finder.Found found = new Finder(jobmon.jobs()).onlySweep(typed);
            deletion.refuse(found.sweep().running() > 0, found.toString(), "it");
            String what = "sweep " + Texts.shortly(found.sweep().id()) + " of "
                    + found.job().name() + ": " + Texts.count(found.sweep().done(), "result");
            if (!deletion.confirmed(terminal(), what)) {
                return CommandRunner.FAILED;
            }
            ((SweepDetails) SweepCommand.stored(jobmon, found)).delete();
            out().println("Deleted " + what);
        }
        return 0;
    }
}
