package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "describe")
final class DescribeCommand extends JobArgument {

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The description.")
    private @Nullable String text;

    @Option(names = "--json", description = "Show it as JSON.")
    private boolean json;

    @Override
    int execute(JobMon jobmon, JobStatus job) {
        if (text != null) {
            jobmon.describe(job.hash(), text);
        }
        String now = text == null ? job.description() : text;
        if (json) {
            out().println(JsonText.of(tree(job, "description", now)));
        } else if (text == null) {
            out().println(now);
        }
        return 0;
    }
}
