package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "describe")
final class DescribeCommand extends JobArgument {

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The description.")
    private @Nullable String text;

    @Override
    int execute(JobMon jobmon, JobStatus job) {
        if (text == null) {
            out().println(job.description());
        } else {
            jobmon.describe(job.hash(), text);
        }
        return 0;
    }
}
