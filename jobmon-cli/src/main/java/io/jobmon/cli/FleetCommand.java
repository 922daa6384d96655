package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.JobMon;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command on the hosts of jobmon.yaml. */
abstract class FleetCommand extends RedisCommand {

    @Parameters(
            index = "0..*",
            arity = "0..*",
            paramLabel = "HOST",
            description = "Hosts of jobmon.yaml; default: all.")
    private List<String> hosts = List.of();

    @Override
    final int execute() {
        Fleets.project(this);
        try (JobMon jobmon = connect()) {
            if (isLocal()) {
                throw new UsageException("No head runs: workers on hosts need a Redis that outlives this command; "
                        + program() + " spawn starts one.");
            }
            try (Fleet fleet = Fleets.of(jobmon, this)) {
                return execute(jobmon, fleet, hosts.toArray(String[]::new));
            }
        }
    }

    abstract int execute(JobMon jobmon, Fleet fleet, String... hosts);

    static String named(String... hosts) {
        return hosts.length == 0 ? "all hosts" : String.join(", ", hosts);
    }
}
