package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.Host;
import io.jobmon.JobMon;
import picocli.CommandLine.Command;

@Command(name = "logs")
final class LogsCommand extends FleetCommand {

    @Override
    int execute(JobMon jobmon, Fleet fleet, String... hosts) {
        String[] names = hosts.length > 0
                ? hosts
                : fleet.hosts().stream().map(Host::name).toArray(String[]::new);
        for (String name : names) {
            fleet.logs(name).forEach(line -> out().println(name + ": " + line));
        }
        return 0;
    }
}
