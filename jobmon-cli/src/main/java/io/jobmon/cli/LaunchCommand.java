package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.JobMon;
import picocli.CommandLine.Command;

@Command(
        name = "launch",
        description = "sync has to have brought the program there. The workers go on when this command ends.")
final class LaunchCommand extends FleetCommand {

    @Override
    int execute(JobMon jobmon, Fleet fleet, String... hosts) {
        fleet.launch(hosts);
        out().println("Launched workers on " + named(hosts));
        say("Who is alive: " + program() + " net");
        return 0;
    }
}
