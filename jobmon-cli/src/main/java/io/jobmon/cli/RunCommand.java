package io.jobmon.cli;

import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.ParamSpace;
import io.jobmon.Progress;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;
import io.jobmon.spi.StoredSweeps;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description =
                "A table at the end, nothing is left. VALUES as in postsweep: 0.1..2.0/20, 1..5, 0..1:0.1, log(1e-3,1,7), 0.1,0.2.")
final class RunCommand extends ProjectCommand {

    @Parameters(index = "0", paramLabel = "JOB", description = "The job's name.")
    @SuppressWarnings("NullAway.Init")
    private String named;

    @Parameters(index = "1..*", paramLabel = "NAME=VALUES", description = "A parameter and its values.")
    private List<String> values = List.of();

    @Option(names = "--replicates", paramLabel = "N", description = "How often each point is run; default 1.")
    private @Nullable Integer replicates;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "How many experiments run at once; default: one per core.")
    private @Nullable Integer slots;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PostOptions options;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write all results as CSV; - is standard output.")
    private @Nullable Path csv;

    @Option(names = "--jsonl", paramLabel = "FILE", description = "Write all results as JSON, a line each.")
    private @Nullable Path jsonl;

    @Option(names = "--json", description = "The table as JSON.")
    private boolean json;

    @Override
    int execute() {
        Job<?, ?> job = job(named);
        ParamSpace space = Space.of(values);
        PostCommand.Post post = new PostCommand.Post(
                job, Optional.empty(), replicates == null ? OptionalInt.empty() : OptionalInt.of(replicates), space);
        JobMonOptions here = JobMonOptions.local();
        try (JobMon jobmon = JobMon.connect(slots == null ? here : here.slots(slots))) {
            Sweep<?, ?> sweep = PostCommand.posted(jobmon, job, post, options, defaults(job.name()));
            sweep.await(ProgressBar.console());
            if (csv != null) {
                OutputFile.write(csv, written(jobmon, sweep.id(), named)::writeCsv, out());
            }
            if (jsonl != null) {
                OutputFile.write(jsonl, written(jobmon, sweep.id(), named)::writeJsonLines, out());
            }
            Sweep<Map<String, Object>, Map<String, Object>> stored = ((StoredSweeps) jobmon).stored(sweep.id());
            Progress end = sweep.progress();
            table(stored, end);
            if (end.dead() > 0) {
                say(sweep.failures().toString().replaceAll("sweep\\.replay\\(\\d+\\) runs one here:", "such as"));
                return CommandRunner.FAILED;
            }
        }
        return 0;
    }

    private void table(Sweep<Map<String, Object>, Map<String, Object>> sweep, Progress end) {
        if (csv != null && csv.toString().equals("-")
                || jsonl != null && jsonl.toString().equals("-")) {
            return;
        }
        SummaryTable table = new SummaryTable(sweep.results(), List.of());
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", named);
            tree.put("size", end.size());
            tree.put("done", end.done());
            tree.put("failed", end.dead());
            tree.put("points", table.tree());
            out().println(JsonText.of(tree));
        } else if (!table.isEmpty()) {
            out().println(table);
        } else if (end.done() > 0) {
            new ResultRows(sweep, false).table(0, this);
        }
    }
}
