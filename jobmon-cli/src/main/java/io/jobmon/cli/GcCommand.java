package io.jobmon.cli;

import io.jobmon.GcReport;
import io.jobmon.JobMon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "gc",
        description =
                "Sweeps that nobody has code for or whose posting was cut short, entries of what is gone, workers that are"
                        + " long silent, old bundles on the hosts. Shows first what it would remove.")
final class GcCommand extends RedisCommand {

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show it.")
    private boolean dry;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    int execute() {
        try (JobMon jobmon = connect()) {
            // Old bundles lie on the hosts of open fleets.
            if (project().filter(found -> !found.hosts().isEmpty()).isPresent()) {
                Fleets.of(jobmon, this);
            }
            GcReport preview = jobmon.gcPreview();
            // One document: what would be removed if it ends here, else what was.
            boolean nobody = !yes && terminal().console() == null;
            if (!json || preview.items().isEmpty() || dry || nobody) {
                told(preview);
            }
            if (dry || preview.items().isEmpty()) {
                return 0;
            }
            if (!terminal().confirm("Remove " + Texts.count(preview.items().size(), "item") + "?", yes)) {
                return CommandRunner.FAILED;
            }
            told(jobmon.gc());
        }
        return 0;
    }

    private void told(GcReport report) {
        out().println(json ? JsonText.of(tree(report)) : report.toString());
    }

    private static Map<String, Object> tree(GcReport report) {
        List<Map<String, Object>> items = report.items().stream()
                .map(item -> {
                    Map<String, Object> each = new LinkedHashMap<String, Object>();
                    each.put("kind", item.kind().name().toLowerCase(Locale.ROOT));
                    each.put("id", item.id());
                    each.put("why", item.why());
                    return each;
                })
                .toList();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("removed", report.removed());
        tree.put("items", items);
        tree.put("unreached", report.unreached());
        return tree;
    }
}
