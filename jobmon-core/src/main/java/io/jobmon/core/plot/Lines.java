package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import io.jobmon.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * The lines of a line plot.
 *
 * @param x the values along x
 * @param lines a line for each value of the second axis, or one
 * @param notes what the picture has to say besides
 */
record Lines(AxisValues x, List<Line> lines, List<String> notes) {

    static final int MOST = 12;

    /**
     * One line, ascending in x.
     *
     * @param name for the legend
     * @param x where its points are drawn
     * @param mean their means
     * @param low the lower ends of their intervals, NaN if there is none
     * @param high the upper ends
     */
    record Line(String name, double[] x, double[] mean, double[] low, double[] high) {}

    static Lines of(PlotSource source, PlotSpec spec) {
        Selection selection = new Selection(spec);
        List<Summary.Row> rows = selection.rows(source.summary(spec.field));
        boolean several = !spec.y.isEmpty();
        selection.checkFree(
                rows,
                source.axes(),
                several ? Set.of(spec.x, spec.y) : Set.of(spec.x),
                several ? "" : ", or draw a line for each by series(\"AXIS\")");
        AxisValues series = Selection.values(several ? spec.y : spec.x, rows);
        if (several && series.size() > MOST) {
            throw new JobMonException("The axis '" + spec.y + "' has " + series.size() + " values, and " + MOST
                    + " lines are the most that can be told apart. Draw a heat map, or several plots with at(\""
                    + spec.y
                    + "\", ..) and without series.");
        }
        List<Summary.Row> finite =
                rows.stream().filter(row -> Double.isFinite(row.mean())).toList();
        if (finite.isEmpty()) {
            throw Notes.nothingFinite(spec.field);
        }
        AxisValues x = Selection.values(spec.x, finite);
        x.checkLogarithmic(spec.logX);
        checkPositive(spec, finite);
        List<Line> lines = new ArrayList<>();
        for (int place = 0; place < (several ? series.size() : 1); place++) {
            TreeMap<Integer, Summary.Row> byX = new TreeMap<>();
            for (Summary.Row row : finite) {
                if (!several || series.place(row.point().asMap().get(spec.y)) == place) {
                    byX.put(x.place(row.point().asMap().get(spec.x)), row);
                }
            }
            if (!byX.isEmpty()) {
                lines.add(line(several ? spec.entry(series.texts().get(place)) : "", x, byX));
            }
        }
        List<String> notes = new ArrayList<>();
        if (finite.stream().anyMatch(row -> row.n() > 1)) {
            notes.add(replicates(finite) + ", 95 % intervals");
        }
        Notes.notFinite(rows.size() - finite.size(), "mean", notes);
        return new Lines(x, lines, notes);
    }

    private static void checkPositive(PlotSpec spec, List<Summary.Row> rows) {
        for (Summary.Row row : rows) {
            if (spec.logY && row.mean() <= 0) {
                throw new JobMonException("The mean of '" + spec.field + "' is " + row.mean() + " at " + row.point()
                        + "; a logarithmic scale is for positive numbers: leave logY() out.");
            }
        }
    }

    private static String replicates(List<Summary.Row> rows) {
        long least = rows.stream().mapToLong(Summary.Row::n).min().orElse(0);
        long most = rows.stream().mapToLong(Summary.Row::n).max().orElse(0);
        return least == most
                ? String.format(Locale.ROOT, "means of %,d replicates", most)
                : String.format(Locale.ROOT, "means of %,d to %,d replicates", least, most);
    }

    private static Line line(String name, AxisValues x, TreeMap<Integer, Summary.Row> byX) {
        return new Line(
                name,
                byX.keySet().stream().mapToDouble(x::position).toArray(),
                byX.values().stream().mapToDouble(Summary.Row::mean).toArray(),
                byX.values().stream().mapToDouble(Summary.Row::low).toArray(),
                byX.values().stream().mapToDouble(Summary.Row::high).toArray());
    }

    /** All that has to be within the scale along y: on a logarithmic one intervals may leave it below. */
    double[] heights(boolean logarithmic) {
        return lines.stream()
                .flatMapToDouble(line -> Arrays.stream(new double[][] {line.mean, line.low, line.high})
                        .flatMapToDouble(Arrays::stream))
                .filter(value -> Double.isFinite(value) && (!logarithmic || value > 0))
                .toArray();
    }
}
