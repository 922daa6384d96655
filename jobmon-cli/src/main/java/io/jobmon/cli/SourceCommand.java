package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import picocli.CommandLine.Command;

@Command(name = "source")
final class SourceCommand extends JobArgument {

    @Override
    int execute(JobMon jobmon, JobStatus job) {
        String source = jobmon.source(job.hash());
        if (source.isEmpty()) {
            say("No source was found when " + job.name() + " was posted.");
            return CommandRunner.FAILED;
        }
        out().print(source.endsWith("\n") ? source : source + "\n");
        return 0;
    }
}
