package io.jobmon.cli;

import io.jobmon.JobMonException;
import io.jobmon.Point;
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

    /** A row for each point that all summaries have, with a row of each summary: workers may go on while fields are read. */
    private final List<List<Summary.Row>> rows;

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
                    if (isNumber(results, field)) {
                        throw e;
                    }
                }
            }
        }
        rows = joined(summaries);
    }

    /** Whether each result has this number; if one has not, the field is no column. */
    private static boolean isNumber(Results<Map<String, Object>, Map<String, Object>> results, String field) {
        for (Result<Map<String, Object>, Map<String, Object>> result : results) {
            if (!Outcome.isNumber(Outcome.flat(result.value()).get(field))) {
                return false;
            }
        }
        return true;
    }

    private static List<List<Summary.Row>> joined(List<Summary> summaries) {
        Map<Point, List<Summary.Row>> byPoint = new LinkedHashMap<>();
        for (Summary summary : summaries) {
            summary.rows()
                    .forEach(row -> byPoint.computeIfAbsent(row.point(), point -> new ArrayList<>())
                            .add(row));
        }
        return byPoint.values().stream()
                .filter(each -> each.size() == summaries.size())
                .toList();
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
        List<String> names = rows.isEmpty()
                ? List.of()
                : List.copyOf(rows.get(0).get(0).point().asMap().keySet());
        List<String> head = new ArrayList<>(names);
        head.add("runs");
        boolean dead = rows.stream().anyMatch(each -> each.get(0).dead() > 0);
        if (dead) {
            head.add("failed");
        }
        summaries.forEach(summary -> head.addAll(List.of(summary.field(), "+-")));
        Table table = new Table(head);
        for (List<Summary.Row> each : rows) {
            List<String> cells = new ArrayList<>();
            Summary.Row first = each.get(0);
            names.forEach(name -> cells.add(Outcome.cell(first.point().get(name))));
            cells.add(Long.toString(first.n()));
            if (dead) {
                cells.add(Long.toString(first.dead()));
            }
            for (Summary.Row value : each) {
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
        for (List<Summary.Row> each : rows) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("params", each.get(0).point().asMap());
            point.put("runs", each.get(0).n());
            point.put("failed", each.get(0).dead());
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < summaries.size(); i++) {
                Summary.Row row = each.get(i);
                Map<String, Object> field = new LinkedHashMap<>();
                field.put("n", row.n());
                field.put("mean", row.mean());
                field.put("sd", row.sd());
                field.put("low", row.low());
                field.put("high", row.high());
                fields.put(summaries.get(i).field(), field);
            }
            point.put("fields", fields);
            points.add(point);
        }
        return points;
    }
}
