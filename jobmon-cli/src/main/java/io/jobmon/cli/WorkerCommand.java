package io.jobmon.cli;

import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Worker;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "worker", description = "It runs the jobs of jobmon.yaml; Ctrl-C or SIGTERM ends it in order.")
final class WorkerCommand extends RedisCommand {

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "How many experiments run at once; default: one per core.")
    private @Nullable Integer slots;

    @Option(names = "--tags", paramLabel = "TAG", split = ",", description = "What it carries, see --requires.")
    private List<String> tags = List.of();

    @Override
    int execute() {
        Collection<Job<?, ?>> jobs = jobs().values();
        if (jobs.isEmpty()) {
            throw new UsageException("There is no job to run: write jobs: into jobmon.yaml.");
        }
        if (around().environment().containsKey("JOBMON_LAUNCH")) {
            run(Worker.fromEnvironment(), jobs);
            return 0;
        }
        try (JobMon jobmon = connect()) {
            if (isLocal()) {
                throw new UsageException("No head runs: a worker needs a Redis that others post to; " + program()
                        + " spawn starts one.");
            }
            say("Running " + String.join(", ", jobs.stream().map(Job::name).toList()) + "; Ctrl-C ends it.");
            run(jobmon.worker(), jobs);
        }
        return 0;
    }

    private void run(Worker.Builder worker, Collection<Job<?, ?>> jobs) {
        jobs.forEach(worker::job);
        if (slots != null) {
            worker.slots(slots);
        }
        if (!tags.isEmpty()) {
            worker.tags(tags.toArray(String[]::new));
        }
        worker.run();
    }
}
