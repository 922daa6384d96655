package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "explain")
final class ExplainCommand extends SweepCommand {

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    int execute(JobMon jobmon, Finder.Found found, Sweep<Map<String, Object>, Map<String, Object>> sweep) {
        List<String> reasons = sweep.explain().stream()
                .map(reason -> Wording.typed(reason, program()))
                .toList();
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>(JobsCommand.tree(found.sweep()));
            tree.put("name", found.job().name());
            tree.put("reasons", reasons);
            out().println(JsonText.of(tree));
        } else {
            out().println(found);
            reasons.forEach(out()::println);
        }
        return 0;
    }
}
