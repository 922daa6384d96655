package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.JobMon;
import picocli.CommandLine.Command;

@Command(name = "qsync")
final class QuickSyncCommand extends FleetCommand {

    @Override
    int execute(JobMon jobmon, Fleet fleet, String... hosts) {
        fleet.quickSync(hosts);
        out().println("Synchronised " + named(hosts));
        return 0;
    }
}
