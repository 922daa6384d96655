package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import io.jobmon.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The cells of a heat map.
 *
 * @param x the values along x
 * @param y the values along y
 * @param means by place along x, then along y; NaN where there is no result
 * @param low the lowest mean
 * @param high the highest
 * @param notes what the picture has to say besides
 */
record HeatMap(AxisValues x, AxisValues y, double[][] means, double low, double high, List<String> notes) {

    static final int MOST = 1_000;

    static HeatMap of(PlotSource source, PlotSpec spec) {
        Selection selection = new Selection(spec);
        List<Summary.Row> rows = selection.rows(source.summary(spec.field));
        selection.checkFree(rows, source.axes(), Set.of(spec.x, spec.y), "");
        AxisValues x = axis(spec.x, spec.logX, rows);
        AxisValues y = axis(spec.y, spec.logY, rows);
        double[][] means = new double[x.size()][y.size()];
        for (double[] column : means) {
            Arrays.fill(column, Double.NaN);
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int cells = 0;
        for (Summary.Row row : rows) {
            double mean = row.mean();
            if (Double.isFinite(mean)) {
                if (spec.logColour && mean <= 0) {
                    throw new JobMonException("The mean of '" + spec.field + "' is " + mean + " at " + row.point()
                            + "; a logarithmic scale is for positive numbers: leave logColour() out.");
                }
                Map<String, Object> point = row.point().asMap();
                means[x.place(point.get(spec.x))][y.place(point.get(spec.y))] = mean;
                low = Math.min(low, mean);
                high = Math.max(high, mean);
                cells++;
            }
        }
        if (cells == 0) {
            throw Notes.nothingFinite(spec.field);
        }
        List<String> notes = new ArrayList<>();
        long missing = (long) x.size() * y.size() - cells;
        if (missing > 0) {
            notes.add(String.format(
                    Locale.ROOT, "%,d of %,d cells without a value, crossed out", missing, (long) x.size() * y.size()));
        }
        return new HeatMap(x, y, means, low, high, notes);
    }

    private static AxisValues axis(String name, boolean logarithmic, List<Summary.Row> rows) {
        AxisValues values = Selection.values(name, rows);
        if (values.size() > MOST) {
            throw new JobMonException("The axis '" + name + "' has " + values.size() + " values, and a heat map shows "
                    + MOST + "; draw a scatter plot, or a line.");
        }
        values.checkLogarithmic(logarithmic);
        return values;
    }

    /** The borders of the cells along an axis: halfway between the values, one more than there are values. */
    static double[] borders(double[] positions, boolean logarithmic) {
        double[] at = logarithmic ? Arrays.stream(positions).map(Math::log10).toArray() : positions;
        double[] borders = new double[at.length + 1];
        for (int i = 1; i < at.length; i++) {
            borders[i] = (at[i - 1] + at[i]) / 2;
        }
        int last = at.length - 1;
        borders[0] = last == 0 ? at[0] - 0.5 : at[0] - (borders[1] - at[0]);
        borders[last + 1] = last == 0 ? at[0] + 0.5 : at[last] + (at[last] - borders[last]);
        return logarithmic
                ? Arrays.stream(borders).map(exponent -> Math.pow(10, exponent)).toArray()
                : borders;
    }
}
