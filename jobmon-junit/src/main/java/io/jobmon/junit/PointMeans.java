package io.jobmon.junit;

import io.jobmon.Point;
import io.jobmon.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Compares means of points, and says what is wrong together with the table. For one thread. */
final class PointMeans {

    private static final int SHOWN = 20;

    private final Function<String, Summary> summaries;
    private final Consumer<String> failing;

    PointMeans(Function<String, Summary> summaries, Consumer<String> failing) {
        this.summaries = summaries;
        this.failing = failing;
    }

    /** The one point that has some values. */
    Summary.Row row(String field, Map<String, Object> values) {
        Summary summary = summaries.apply(field);
        List<Summary.Row> found = summary.rows().stream()
                .filter(row -> values.entrySet().stream()
                        .allMatch(wanted -> same(row.point().asMap().get(wanted.getKey()), wanted.getValue())))
                .toList();
        if (found.size() != 1) {
            throw fail(
                    found.isEmpty()
                            ? "no point has " + values + "; there are\n" + table(field, summary.rows())
                            : found.size() + " points have " + values + "; name more parameters:\n"
                                    + table(field, found));
        }
        return found.get(0);
    }

    /** Numbers are the same by value, whatever their types. */
    private static boolean same(@Nullable Object there, Object wanted) {
        if (there instanceof Number one && wanted instanceof Number other) {
            return one.doubleValue() == other.doubleValue();
        }
        return there != null && (there.equals(wanted) || there.toString().equals(String.valueOf(wanted)));
    }

    /** Whether a mean agrees with what is expected, and how many standard errors it is off. */
    private static double off(Summary.Row row, double expected) {
        double difference = Math.abs(row.mean() - expected);
        return difference == 0 ? 0 : difference / row.standardError();
    }

    void requireClose(String field, Summary.Row row, double expected, StandardErrors tolerance) {
        requireReplicates(field, row);
        double limit = tolerance.limit(row.n());
        double off = off(row, expected);
        if (!(off <= limit)) {
            fail(String.format(
                    Locale.ROOT,
                    "the mean of %s is %.6g, expected %.6g: it is %.2f standard errors off, and at %d replicates %s allow"
                            + " %.2f%n%s",
                    field,
                    row.mean(),
                    expected,
                    off,
                    row.n(),
                    tolerance,
                    limit,
                    table(field, List.of(row))));
        }
    }

    void requireReplicates(String field, Summary.Row row) {
        if (row.n() < 2) {
            fail("a mean of " + row.n() + " replicates says nothing of its error; post with replicates(2) or more:\n"
                    + table(field, List.of(row)));
        }
    }

    void agreesWith(String field, ToDoubleFunction<Point> theory, StandardErrors tolerance) {
        List<Summary.Row> rows = rows(field);
        List<String> wrong = new ArrayList<>();
        for (Summary.Row row : rows) {
            requireReplicates(field, row);
            double expected = theory.applyAsDouble(row.point());
            double off = off(row, expected);
            if (!(off <= tolerance.limit(row.n()))) {
                wrong.add(String.format(
                        Locale.ROOT,
                        "  %s: mean %.6g of %d, expected %.6g, %.2f standard errors off, %.2f allowed",
                        row.point().asMap(),
                        row.mean(),
                        row.n(),
                        expected,
                        off,
                        tolerance.limit(row.n())));
            }
        }
        if (!wrong.isEmpty()) {
            fail(field + " disagrees at " + wrong.size() + " of " + rows.size() + " points, within " + tolerance + ":\n"
                    + String.join("\n", wrong.subList(0, Math.min(SHOWN, wrong.size())))
                    + (wrong.size() > SHOWN ? "\n  ..." : "") + "\n" + table(field, rows));
        }
    }

    void monotoneAlong(String axis, String field, StandardErrors tolerance) {
        Map<Map<String, Object>, List<Summary.Row>> lines = new LinkedHashMap<>();
        for (Summary.Row row : rows(field)) {
            Map<String, Object> others = new LinkedHashMap<>(row.point().asMap());
            if (!others.containsKey(axis)) {
                fail("no parameter is called " + axis + "; there are " + others.keySet());
            }
            others.remove(axis);
            lines.computeIfAbsent(others, key -> new ArrayList<>()).add(row);
        }
        lines.forEach((others, line) -> {
            line.sort((a, b) ->
                    Double.compare(a.point().getDouble(axis), b.point().getDouble(axis)));
            double direction =
                    Math.signum(line.get(line.size() - 1).mean() - line.get(0).mean());
            for (int k = 1; k < line.size(); k++) {
                requireStep(axis, field, line, k, direction, tolerance);
            }
        });
    }

    private void requireStep(
            String axis, String field, List<Summary.Row> line, int k, double direction, StandardErrors tolerance) {
        Summary.Row one = line.get(k - 1);
        Summary.Row other = line.get(k);
        requireReplicates(field, one);
        requireReplicates(field, other);
        double back = direction == 0 ? Math.abs(other.mean() - one.mean()) : direction * (one.mean() - other.mean());
        double error = Math.hypot(one.standardError(), other.standardError());
        double limit = tolerance.limit(Math.min(one.n(), other.n()));
        if (back > 0 && !(back <= limit * error)) {
            fail(String.format(
                    Locale.ROOT,
                    "the mean of %s does not go one way along %s: from %s to %s it goes %s by %.6g, %.2f standard errors of the"
                            + " difference, of which %s allow %.2f%n%s",
                    field,
                    axis,
                    one.point().get(axis),
                    other.point().get(axis),
                    other.mean() > one.mean() ? "up" : "down",
                    back,
                    back / error,
                    tolerance,
                    limit,
                    table(field, line)));
        }
    }

    private List<Summary.Row> rows(String field) {
        List<Summary.Row> rows = summaries.apply(field).rows();
        if (rows.isEmpty()) {
            fail("there are no results");
        }
        return rows;
    }

    private static String table(String field, List<Summary.Row> rows) {
        String table = new Summary(field, rows.subList(0, Math.min(SHOWN, rows.size()))).toString();
        return rows.size() > SHOWN ? table + "\n... " + (rows.size() - SHOWN) + " more" : table;
    }

    AssertionError fail(String message) {
        failing.accept(message);
        return new AssertionError(message);
    }
}
