package io.jobmon;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Statistics of one field over the replicates of each point.
 *
 * @param field the field
 * @param rows a row for each point that has an outcome, in the order of the points
 * @since 0.1
 */
public record Summary(String field, List<Row> rows) implements Iterable<Summary.Row> {

    /**
     * Copies the list.
     *
     * @param field the field
     * @param rows the rows
     */
    public Summary {
        rows = List.copyOf(rows);
    }

    /**
     * One point.
     *
     * @param point the parameters
     * @param n how many replicates have a result
     * @param dead how many failed
     * @param mean the mean; NaN if n is 0
     * @param sd the sample standard deviation; NaN if n is below 2
     * @param standardError sd / sqrt(n); NaN if n is below 2
     * @param low the lower end of the 95 % interval of the mean (Student's t with n - 1 degrees of freedom); NaN if n is
     *     below 2
     * @param high the upper end
     */
    public record Row(
            Point point, long n, long dead, double mean, double sd, double standardError, double low, double high) {}

    @Override
    public Iterator<Row> iterator() {
        return rows.iterator();
    }

    /**
     * The rows as an aligned table.
     *
     * @return the table
     */
    @Override
    public String toString() {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.point().asMap().keySet()));
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(names);
        head.addAll(List.of("runs", "dead", "mean " + field, "sd", "95 % low", "95 % high"));
        table.add(head);
        for (Row row : rows) {
            List<String> line = new ArrayList<>();
            names.forEach(name -> line.add(String.valueOf(row.point().asMap().get(name))));
            line.add(Long.toString(row.n()));
            line.add(Long.toString(row.dead()));
            for (double number : new double[] {row.mean(), row.sd(), row.low(), row.high()}) {
                line.add(Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.6g", number));
            }
            table.add(line);
        }
        return aligned(table);
    }

    private static String aligned(List<List<String>> table) {
        int columns = table.get(0).size();
        int[] width = new int[columns];
        table.forEach(line -> {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : table) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            for (int i = 0; i < columns; i++) {
                text.append(i == 0 ? "" : "  ");
                text.append(" ".repeat(width[i] - line.get(i).length())).append(line.get(i));
            }
        }
        return text.toString();
    }
}
