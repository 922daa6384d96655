package io.jobmon.cli;

import io.jobmon.CleanOption;
import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "clean")
final class CleanCommand extends RedisCommand {

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "JOB",
            description = "The first characters of its hash, or its name.")
    private List<String> typed = List.of();

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private DeletionOptions deletion;

    @Override
    int execute() {
        try (JobMon jobmon = connect()) {
            Finder finder = new Finder(jobmon.jobs());
            List<JobStatus> jobs = typed.stream().map(finder::job).distinct().toList();
            for (JobStatus job : jobs) {
                deletion.refuse(job.running() > 0, job.name() + " " + Texts.shortly(job.hash()), "its sweeps");
            }
            // All or none, so that a no to the second does not come too late for the first.
            if (!deletion.confirmed(
                    terminal(), jobs.stream().map(CleanCommand::what).collect(Collectors.joining("; ")))) {
                return CommandRunner.FAILED;
            }
            CleanOption[] options =
                    deletion.runningToo() ? new CleanOption[] {CleanOption.RUNNING_TOO} : new CleanOption[0];
            for (JobStatus job : jobs) {
                jobmon.clean(job.hash(), options);
                out().println("Deleted " + what(job));
            }
        }
        return 0;
    }

    private static String what(JobStatus job) {
        return job.name() + " " + Texts.shortly(job.hash()) + ": "
                + Texts.count(job.sweeps().size(), "sweep") + ", " + Texts.count(job.done(), "result");
    }
}
