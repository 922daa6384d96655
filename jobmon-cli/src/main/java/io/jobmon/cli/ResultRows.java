package io.jobmon.cli;

import io.jobmon.JobStatus;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The results of a sweep one by one, for the eye and as JSON. */
final class ResultRows {

    private final Sweep<Map<String, Object>, Map<String, Object>> sweep;
    private final boolean ground;

    ResultRows(Sweep<Map<String, Object>, Map<String, Object>> sweep, boolean ground) {
        this.sweep = sweep;
        this.ground = ground;
    }

    Map<String, Object> head(JobStatus job, String name, Object value) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("sweep", sweep.id());
        head.put("job", job.hash());
        head.put("name", job.name());
        head.put("size", sweep.size());
        head.put(name, value);
        return head;
    }

    /** Written as they are read, for there may be millions. */
    void json(JobStatus job, PrintStream out) {
        String frame = JsonText.of(head(job, "results", List.of()));
        out.print(frame.substring(0, frame.length() - 2));
        String comma = "\n";
        for (Result<Map<String, Object>, Map<String, Object>> result : sweep.results()) {
            out.print(comma + JsonText.of(tree(result)));
            comma = ",\n";
        }
        out.println("]}");
    }

    private Map<String, Object> tree(Result<Map<String, Object>, Map<String, Object>> result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("index", result.index());
        tree.put("params", result.params());
        tree.put("replicate", result.replicate());
        tree.put("value", result.value());
        tree.put("attempts", result.attempts());
        tree.put("elapsed", result.elapsed().toNanos() / 1e9);
        tree.put("worker", result.worker());
        if (ground) {
            tree.put("ground", result.ground(Object.class));
        }
        return tree;
    }

    void table(long limit, JmCommand command) {
        List<Result<Map<String, Object>, Map<String, Object>>> shown = new ArrayList<>();
        Iterator<Result<Map<String, Object>, Map<String, Object>>> all =
                sweep.results().iterator();
        while (all.hasNext() && (limit <= 0 || shown.size() < limit)) {
            shown.add(all.next());
        }
        if (shown.isEmpty()) {
            command.say("There is no result yet.");
            return;
        }
        Set<String> params = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>();
        shown.forEach(result -> {
            params.addAll(result.params().keySet());
            fields.addAll(Outcome.flat(result.value()).keySet());
        });
        List<String> head = new ArrayList<>(List.of("index"));
        head.addAll(params);
        head.add("replicate");
        head.addAll(fields);
        if (ground) {
            head.add("ground");
        }
        Table table = new Table(head);
        shown.forEach(result -> table.row(row(result, params, fields)));
        table.print(command.out());
        if (all.hasNext()) {
            command.say("These are the first " + Texts.count(shown.size()) + "; more with --limit, all of "
                    + Texts.count(sweep.progress().done()) + " with --csv FILE.");
        }
    }

    private List<String> row(
            Result<Map<String, Object>, Map<String, Object>> result, Set<String> params, Set<String> fields) {
        List<String> cells = new ArrayList<>();
        cells.add(Long.toString(result.index()));
        params.forEach(name -> cells.add(Outcome.cell(result.params().get(name))));
        cells.add(Integer.toString(result.replicate()));
        Map<String, Object> outcome = Outcome.flat(result.value());
        fields.forEach(name -> cells.add(Outcome.cell(outcome.get(name))));
        if (ground) {
            Optional<Object> truth = result.ground(Object.class);
            cells.add(truth.map(JsonText::of).orElse("-"));
        }
        return cells;
    }
}
