package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The dots of a scatter plot.
 *
 * @param x where they are
 * @param y where they are
 * @param notes what the picture has to say besides
 */
record Dots(double[] x, double[] y, List<String> notes) {

    static final int MOST = 10_000;

    /** Collects the dots. */
    private static final class Collected {
        private final PlotSpec spec;
        private final Selection selection;
        private final Coordinate x;
        private final Coordinate y;
        private final Sampled sample = new Sampled(MOST, 2);
        private long n;
        private long left;

        Collected(PlotSource source, PlotSpec spec, Selection selection) {
            this.spec = spec;
            this.selection = selection;
            this.x = Coordinate.of(source, spec.x);
            this.y = Coordinate.of(source, spec.y);
        }

        List<String> fields() {
            List<String> fields = new ArrayList<>();
            if (!x.axis()) {
                fields.add(x.name());
            }
            if (!y.axis()) {
                fields.add(y.name());
            }
            return fields;
        }

        void add(long rank, Supplier<Map<String, Object>> parameters, double[] numbers) {
            boolean asked = x.axis() || y.axis() || !selection.everything();
            Map<String, Object> point = asked ? parameters.get() : Map.of();
            if (!selection.holds(point)) {
                return;
            }
            double across = x.axis() ? x.of(point) : numbers[0];
            double up = y.axis() ? y.of(point) : numbers[numbers.length - 1];
            if (!Double.isFinite(across) || !Double.isFinite(up)) {
                left++;
                return;
            }
            checkPositive(spec.logX, spec.x, across);
            checkPositive(spec.logY, spec.y, up);
            n++;
            sample.add(rank, across, up);
        }
    }

    static Dots of(PlotSource source, PlotSpec spec) {
        Selection selection = new Selection(spec);
        Collected dots = new Collected(source, spec, selection);
        source.each(dots.fields(), dots::add);
        if (dots.n == 0) {
            throw dots.left > 0
                    ? Notes.nothingFinite(spec.x + "' or '" + spec.y)
                    : selection.everything() ? Selection.none() : selection.noneAt();
        }
        double[] x = dots.sample.values(0);
        List<String> notes = new ArrayList<>();
        notes.add(
                dots.n > x.length
                        ? String.format(Locale.ROOT, "a sample of %,d of %,d results", x.length, dots.n)
                        : String.format(Locale.ROOT, "%,d results", dots.n));
        Notes.notFinite(dots.left, "result", notes);
        return new Dots(x, dots.sample.values(1), notes);
    }

    private static void checkPositive(boolean logarithmic, String name, double value) {
        if (logarithmic && value <= 0) {
            throw new JobMonException("'" + name + "' has the value " + value
                    + "; a logarithmic scale is for positive numbers: leave logX() or logY() out.");
        }
    }
}
