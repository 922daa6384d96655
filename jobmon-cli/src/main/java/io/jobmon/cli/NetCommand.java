package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.WorkerStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "net")
final class NetCommand extends RedisCommand {

    @Option(names = "-v", description = "Process, rate, failures, tags, launch and start too.")
    private boolean verbose;

    @Option(names = "--json", description = "As JSON, all of it.")
    private boolean json;

    @Override
    int execute() {
        List<WorkerStatus> workers;
        try (JobMon jobmon = connect()) {
            workers = jobmon.net();
        }
        if (json) {
            out().println(JsonText.of(
                    Map.of("workers", workers.stream().map(NetCommand::tree).toList())));
        } else if (workers.isEmpty()) {
            say("No worker is alive. Start some: " + program() + " launch, or " + program() + " worker.");
        } else {
            (verbose ? wide(workers) : table(workers)).print(out());
        }
        return 0;
    }

    private static String place(WorkerStatus worker) {
        return worker.place().isEmpty() ? worker.host() : worker.place();
    }

    private static String age(WorkerStatus worker) {
        return String.format(Locale.ROOT, "%.1f s", worker.age().toMillis() / 1000.0);
    }

    static Table table(List<WorkerStatus> workers) {
        Table table = new Table("worker", "host", "slots", "status", "for", "job", "heartbeat");
        workers.forEach(worker -> table.row(
                worker.id(),
                place(worker),
                worker.slots(),
                worker.status(),
                Texts.time(worker.history()),
                worker.job().isEmpty() ? "-" : worker.job(),
                age(worker)));
        return table;
    }

    static Table wide(List<WorkerStatus> workers) {
        Table table = new Table(
                "worker",
                "host",
                "machine",
                "process",
                "slots",
                "status",
                "for",
                "job",
                "rate",
                "failures",
                "heartbeat",
                "tags",
                "launch",
                "since");
        workers.forEach(worker -> table.row(
                worker.id(),
                place(worker),
                worker.host(),
                worker.pid(),
                worker.slots(),
                worker.status(),
                Texts.time(worker.history()),
                worker.job().isEmpty() ? "-" : worker.job(),
                Texts.rate(worker.rate()),
                worker.failures(),
                age(worker),
                worker.tags().isEmpty() ? "-" : String.join(",", worker.tags()),
                worker.launch().isEmpty() ? "-" : worker.launch(),
                Texts.moment(worker.since())));
        return table;
    }

    static Map<String, Object> tree(WorkerStatus worker) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("worker", worker.id());
        tree.put("host", place(worker));
        tree.put("machine", worker.host());
        tree.put("pid", worker.pid());
        tree.put("slots", worker.slots());
        tree.put("status", worker.status());
        tree.put("history", worker.history());
        tree.put("since", worker.since());
        tree.put("job", worker.job());
        tree.put("rate", worker.rate());
        tree.put("failures", worker.failures());
        tree.put("heartbeatAge", worker.age());
        tree.put("tags", worker.tags());
        tree.put("launch", worker.launch());
        return tree;
    }
}
