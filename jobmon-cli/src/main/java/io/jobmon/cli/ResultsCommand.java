package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.Results;
import io.jobmon.Sweep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "results",
        description = "A row for each, or with --summary the mean over the replicates of each point. Written files hold"
                + " nothing that depends on the run: the same sweep gives the same bytes.")
final class ResultsCommand extends SweepCommand {

    @Option(names = "--csv", paramLabel = "FILE", description = "Write all as CSV; - is standard output.")
    private @Nullable Path csv;

    @Option(
            names = "--jsonl",
            paramLabel = "FILE",
            description = "Write all as JSON, a line each; - is standard output.")
    private @Nullable Path jsonl;

    @Option(names = "--json", description = "One JSON document.")
    private boolean json;

    @Option(names = "--ground", description = "The ground truth of each too; in the table and in --json.")
    private boolean ground;

    @Option(names = "--summary", description = "Mean and 95 %% interval of all numbers, a row for each point.")
    private boolean summary;

    @Option(
            names = "--field",
            paramLabel = "FIELD",
            description = "--summary of this number; may be given more than once.")
    private List<String> fields = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Rows of the table; default 50, 0 is all.")
    private long limit;

    @Override
    int execute(JobMon jobmon, Finder.Found found, Sweep<Map<String, Object>, Map<String, Object>> sweep) {
        if (csv != null || jsonl != null) {
            refuse("--ground", ground);
            refuse("--json", json);
            refuse("--summary", summary);
            refuse("--field", !fields.isEmpty());
            write(written(jobmon, found.sweep().id(), found.job().name()));
            return 0;
        }
        ResultRows rows = new ResultRows(sweep, ground);
        if (summary || !fields.isEmpty()) {
            SummaryTable table = new SummaryTable(sweep.results(), fields);
            if (json) {
                out().println(JsonText.of(rows.head(found.job(), "points", table.tree())));
            } else if (table.isEmpty()) {
                say("There is no result with a number yet.");
            } else {
                out().println(table);
            }
        } else if (json) {
            rows.json(found.job(), out());
        } else {
            rows.table(limit, this);
        }
        return 0;
    }

    private static void refuse(String option, boolean given) {
        if (given) {
            throw new UsageException(option + " does not go with --csv and --jsonl, which write each result; leave "
                    + option + " out, or give it without a file.");
        }
    }

    private void write(Results<?, ?> results) {
        if (csv != null) {
            OutputFile.write(csv, results::writeCsv, out());
        }
        if (jsonl != null) {
            OutputFile.write(jsonl, results::writeJsonLines, out());
        }
    }
}
