package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.JobMon;
import picocli.CommandLine.Command;

@Command(name = "sync", description = "Only what they do not have yet is sent.")
final class SyncCommand extends FleetCommand {

    @Override
    int execute(JobMon jobmon, Fleet fleet, String... hosts) {
        fleet.sync(hosts);
        out().println("Synchronised " + named(hosts));
        return 0;
    }
}
