package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.spi.SweepDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cleanres", description = "The job's other sweeps stay.")
final class CleanResultsCommand extends RedisCommand {

    @Parameters(index = "0", paramLabel = "SWEEP", description = "The first characters of its id, or its job's name.")
    @SuppressWarnings("NullAway.Init")
    private String typed;

    @Option(names = "--running-too", description = "Also while workers run it.")
    private boolean running;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    int execute() {
        try (JobMon jobmon = connect()) {
            Finder.Found found = new Finder(jobmon.jobs()).onlySweep(typed);
            if (found.sweep().running() > 0 && !running) {
                throw new UsageException(found + " is running: cancel it first, or give --running-too.");
            }
            String what = "sweep " + Texts.shortly(found.sweep().id()) + " of "
                    + found.job().name() + ": " + Texts.count(found.sweep().done(), "result");
            if (!terminal().confirm("Delete " + what + "?", yes)) {
                return CommandRunner.FAILED;
            }
            ((SweepDetails) SweepCommand.stored(jobmon, found)).delete();
            out().println("Deleted " + what);
        }
        return 0;
    }
}
