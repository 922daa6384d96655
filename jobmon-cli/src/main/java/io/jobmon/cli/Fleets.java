package io.jobmon.cli;

import io.jobmon.Fleet;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.spi.Project;

/** The hosts of jobmon.yaml. */
final class Fleets {

    private Fleets() {}

    /** Of the user's own program its main runs there, of jm the jobs of the file. */
    static Fleet of(JobMon jobmon, ProjectCommand command) {
        Project project = project(command);
        Surroundings around = command.around();
        if (around.main().isEmpty()) {
            return jobmon.fleet(project.file());
        }
        return jobmon.fleet()
                .main(around.main().get())
                .job(around.jobs().toArray(Job<?, ?>[]::new))
                .hosts(project.file())
                .build();
    }

    static Project project(ProjectCommand command) {
        Project project = command.neededProject();
        if (project.hosts().isEmpty()) {
            throw new UsageException(
                    project.file() + " lists no hosts; write such as hosts: { here: { local: true, slots: 2 } }.");
        }
        return project;
    }
}
