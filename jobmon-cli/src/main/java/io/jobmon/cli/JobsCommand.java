package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.JobStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "jobs")
final class JobsCommand extends RedisCommand {

    @Option(names = "-v", description = "Each sweep too.")
    private boolean verbose;

    @Option(names = "--json", description = "As JSON, sweeps included.")
    private boolean json;

    @Override
    int execute() {
        List<JobStatus> jobs;
        try (JobMon jobmon = connect()) {
            jobs = jobmon.jobs();
        }
        if (json) {
            out().println(JsonText.of(
                    Map.of("jobs", jobs.stream().map(JobsCommand::tree).toList())));
        } else if (jobs.isEmpty()) {
            say("No job is posted here.");
        } else {
            (verbose ? sweeps(jobs) : table(jobs)).print(out());
        }
        return 0;
    }

    private static Table table(List<JobStatus> jobs) {
        Table table =
                new Table("job", "name", "sweeps", "pending", "running", "done", "failed", "posted", "description");
        for (JobStatus job : jobs) {
            table.row(
                    Texts.shortly(job.hash()),
                    job.name(),
                    job.sweeps().size(),
                    Texts.count(job.pending()),
                    Texts.count(job.running()),
                    Texts.count(job.done()),
                    Texts.count(job.dead()),
                    Texts.moment(job.posted()),
                    job.description());
        }
        return table;
    }

    private static Table sweeps(List<JobStatus> jobs) {
        Table table = new Table(
                "job",
                "name",
                "sweep",
                "state",
                "size",
                "pending",
                "running",
                "done",
                "failed",
                "rate",
                "left",
                "posted",
                "commit",
                "description");
        for (JobStatus job : jobs) {
            if (job.sweeps().isEmpty()) {
                table.row(
                        Texts.shortly(job.hash()),
                        job.name(),
                        "-",
                        "-",
                        "-",
                        "-",
                        "-",
                        "-",
                        "-",
                        "-",
                        "-",
                        Texts.moment(job.posted()),
                        commit(job),
                        job.description());
            }
            for (JobStatus.SweepStatus sweep : job.sweeps()) {
                table.row(
                        Texts.shortly(job.hash()),
                        job.name(),
                        Texts.shortly(sweep.id()),
                        sweep.state().name().toLowerCase(Locale.ROOT),
                        Texts.count(sweep.size()),
                        Texts.count(sweep.pending()),
                        Texts.count(sweep.running()),
                        Texts.count(sweep.done()),
                        Texts.count(sweep.dead()),
                        Texts.rate(sweep.rate()),
                        sweep.remaining().map(Texts::time).orElse("-"),
                        Texts.moment(job.posted()),
                        commit(job),
                        job.description());
            }
        }
        return table;
    }

    private static String commit(JobStatus job) {
        return job.gitCommit().isEmpty() ? "-" : Texts.shortly(job.gitCommit());
    }

    private static Map<String, Object> tree(JobStatus job) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("job", job.hash());
        tree.put("name", job.name());
        tree.put("description", job.description());
        tree.put("posted", job.posted());
        tree.put("commit", job.gitCommit());
        tree.put("pending", job.pending());
        tree.put("running", job.running());
        tree.put("done", job.done());
        tree.put("failed", job.dead());
        tree.put("sweeps", job.sweeps().stream().map(JobsCommand::tree).toList());
        return tree;
    }

    static Map<String, Object> tree(JobStatus.SweepStatus sweep) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sweep", sweep.id());
        tree.put("state", sweep.state().name().toLowerCase(Locale.ROOT));
        tree.put("size", sweep.size());
        tree.put("pending", sweep.pending());
        tree.put("running", sweep.running());
        tree.put("done", sweep.done());
        tree.put("failed", sweep.dead());
        tree.put("rate", sweep.rate());
        tree.put("remaining", sweep.remaining());
        return tree;
    }
}
