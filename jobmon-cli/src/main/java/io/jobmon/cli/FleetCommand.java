package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.spi.Project;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command on the hosts of jobmon.yaml. */
abstract class FleetCommand extends RedisCommand {

    @Parameters(index = "0..*", arity = "0..*", paramLabel = "HOST", description = "Hosts of jobmon.yaml; default: all.")
    private List<String> hosts = List.of();

    @Override
    final int execute() {
        Project project = neededProject();
        if (project.hosts().isEmpty()) {
            throw new UsageException(project.file() + " lists no hosts; write such as hosts: { here: { local: true, slots: 2 } }.");
        }
        try (JobMon jobmon = connect()) {
            if (isLocal()) {
                throw new UsageException("No head runs: workers on hosts need a Redis that outlives this command; "
                        + program() + " spawn starts one.");
            }
            try (Fleet fleet = fleet(jobmon, project)) {
                return execute(jobmon, fleet, hosts.toArray(String[]::new));
            }
        }
    }

    abstract int execute(JobMon jobmon, Fleet fleet, String... hosts);

    /** Of the user's own program its main runs there, of jm the jobs of the file. */
    private Fleet fleet(JobMon jobmon, Project project) {
        if (around().main().isEmpty()) {
            return jobmon.fleet(project.file());
        }
        return jobmon.fleet()
                .main(around().main().get())
                .job(around().jobs().toArray(Job<?, ?>[]::new))
                .hosts(project.file())
                .build();
    }

    static String named(String... hosts) {
        return hosts.length == 0 ? "all hosts" : String.join(", ", hosts);
    }
}
