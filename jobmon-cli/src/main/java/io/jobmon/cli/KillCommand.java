package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.JobMon;
import picocli.CommandLine.Command;

@Command(name = "kill", description = "What they run is given back.")
final class KillCommand extends FleetCommand {

    @Override
    int execute(JobMon jobmon, Fleet fleet, String... hosts) {
        fleet.stop(hosts);
        out().println("Stopped the workers on " + named(hosts));
        return 0;
    }
}
