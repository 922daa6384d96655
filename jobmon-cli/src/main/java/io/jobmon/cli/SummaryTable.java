package io.jobmon.cli;

import io.jobmon.JobMonException;
import io.jobmon.Result;
import io.jobmon.Results;
import io.jobmon.Summary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means over the replicates, a row per point: of each field the mean and half of its 95 % interval. */
final class SummaryTable {

    /** Fields are looked for in so many results. */
    private static final int LOOKED_AT = 200;

    private final List<Summary> summaries = new ArrayList<>();

    /** Of the named fields, or of all that are numbers in the first results. */
    SummaryTable(Results<Map<String, Object>, Map<String, Object>> results, List<String> named) {
        for (String field : named) {
            summaries.add(results.summary(field));
        }
        if (named.isEmpty()) {
            for (String field : numbers(results)) {
                try {
                    summaries.add(results.summary(field));
                } catch (JobMonException e) {
                    // A later result has no such number: it is no column.
                    continue;
                }
            }
        }
    }

    private static List<String> numbers(Results<Map<String, Object>, Map<String, Object>> results) {
        Map<String, Boolean> numbers = new LinkedHashMap<>();
        Iterator<Result<Map<String, Object>, Map<String, Object>>> all = results.iterator();
        for (int i = 0; i < LOOKED_AT && all.hasNext(); i++) {
            Map<String, Object> outcome = Outcome.flat(all.next().value());
            boolean first = i == 0;
            outcome.forEach((name, value) -> {
                if (first) {
                    numbers.put(name, Outcome.isNumber(value));
                }
            });
            numbers.replaceAll((name, was) -> was && Outcome.isNumber(outcome.get(name)));
        }
        return numbers.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isEmpty() {
        return summaries.isEmpty();
    }

    @Override
    public String toString() {
        Summary first = summaries.get(0);
        List<String> names = first.rows().isEmpty()
                ? List.of()
                : List.copyOf(first.rows().get(0).point().asMap().keySet());
        List<String> head = new ArrayList<>(names);
        head.add("runs");
        boolean dead = first.rows().stream().anyMatch(row -> row.dead() > 0);
        if (dead) {
            head.add("failed");
        }
        summaries.forEach(summary -> head.addAll(List.of(summary.field(), "+-")));
        Table table = new Table(head);
        for (int r = 0; r < first.rows().size(); r++) {
            List<String> cells = new ArrayList<>();
            Summary.Row row = first.rows().get(r);
            names.forEach(name -> cells.add(Outcome.cell(row.point().get(name))));
            cells.add(Long.toString(row.n()));
            if (dead) {
                cells.add(Long.toString(row.dead()));
            }
            for (Summary summary : summaries) {
                Summary.Row value = summary.rows().get(r);
                cells.add(Texts.number(value.mean()));
                cells.add(Texts.number((value.high() - value.low()) / 2));
            }
            table.row(cells);
        }
        return table.toString();
    }

    /** The same for programs. */
    List<Map<String, Object>> tree() {
        List<Map<String, Object>> points = new ArrayList<>();
        List<Summary.Row> rows =
                summaries.isEmpty() ? List.of() : summaries.get(0).rows();
        for (int r = 0; r < rows.size(); r++) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("params", rows.get(r).point().asMap());
            point.put("runs", rows.get(r).n());
            point.put("failed", rows.get(r).dead());
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Summary summary : summaries) {
                Summary.Row row = summary.rows().get(r);
                Map<String, Object> field = new LinkedHashMap<>();
                field.put("n", row.n());
                field.put("mean", row.mean());
                field.put("sd", row.sd());
                field.put("low", row.low());
                field.put("high", row.high());
                fields.put(summary.field(), field);
            }
            point.put("fields", fields);
            points.add(point);
        }
        return points;
    }
}
