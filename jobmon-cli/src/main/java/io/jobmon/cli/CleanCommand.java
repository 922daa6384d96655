package io.jobmon.cli;

import io.jobmon.CleanOption;
import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "clean")
final class CleanCommand extends RedisCommand {

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "JOB",
            description = "The first characters of its hash, or its name.")
    private List<String> typed = List.of();

    @Option(names = "--running-too", description = "Also while workers run it.")
    private boolean running;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    int execute() {
        try (JobMon jobmon = connect()) {
            Finder finder = new Finder(jobmon.jobs());
            List<JobStatus> jobs = new ArrayList<>();
            typed.forEach(each -> jobs.add(finder.job(each)));
            for (JobStatus job : jobs) {
                if (job.running() > 0 && !running) {
                    throw new UsageException(job.name() + " " + Texts.shortly(job.hash()) + " is running ("
                            + Texts.count(job.running(), "experiment") + "): cancel its sweeps first, or give"
                            + " --running-too.");
                }
            }
            for (JobStatus job : jobs) {
                String what = job.name() + " " + Texts.shortly(job.hash()) + ": "
                        + Texts.count(job.sweeps().size(), "sweep") + ", " + Texts.count(job.done(), "result");
                if (!terminal().confirm("Delete " + what + "?", yes)) {
                    return CommandRunner.FAILED;
                }
                jobmon.clean(job.hash(), running ? new CleanOption[] {CleanOption.RUNNING_TOO} : new CleanOption[0]);
                out().println("Deleted " + what);
            }
        }
        return 0;
    }
}
