package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "source")
final class SourceCommand extends JobArgument {

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    int execute(JobMon jobmon, JobStatus job) {
        String source = jobmon.source(job.hash());
        if (json) {
            out().println(JsonText.of(tree(job, "source", source)));
            return 0;
        }
        if (source.isEmpty()) {
            say("No source was found when " + job.name() + " was posted.");
            return CommandRunner.FAILED;
        }
        out().print(source.endsWith("\n") ? source : source + "\n");
        return 0;
    }
}
