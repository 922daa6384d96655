package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The bars of a histogram.
 *
 * @param borders the borders of the bins, ascending, one more than there are bins
 * @param counts how many values each bin has
 * @param whole whether the values are whole numbers
 * @param notes what the picture has to say besides
 */
record Histogram(double[] borders, long[] counts, boolean whole, List<String> notes) {

    private static final int SAMPLE = 100_000;

    /** The values at a first reading: their extremes, a sample of them, whether they are whole numbers. */
    private static final class Looked {
        private final Sampled sample = new Sampled(SAMPLE, 1);
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.NEGATIVE_INFINITY;
        private long n;
        private long left;
        private boolean whole = true;

        void add(long rank, double value) {
            if (!Double.isFinite(value)) {
                left++;
                return;
            }
            n++;
            low = Math.min(low, value);
            high = Math.max(high, value);
            whole &= value == Math.rint(value) && Math.abs(value) < 1e15;
            sample.add(rank, value);
        }
    }

    static Histogram of(PlotSource source, PlotSpec spec) {
        Selection selection = new Selection(spec);
        Looked looked = new Looked();
        read(source, spec, selection, looked::add);
        if (looked.n == 0 && looked.left == 0) {
            throw selection.everything() ? Selection.none() : selection.noneAt();
        }
        if (looked.n == 0) {
            throw Notes.nothingFinite(spec.field);
        }
        if (spec.logX && looked.low <= 0) {
            throw new JobMonException("The field '" + spec.field + "' has the value " + looked.low
                    + "; a logarithmic scale is for positive numbers: leave logX() out.");
        }
        double[] borders = spec.logX ? powers(borders(spec, looked), looked) : borders(spec, looked);
        long[] counts = new long[borders.length - 1];
        read(source, spec, selection, (rank, value) -> count(borders, counts, value));
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT, "%,d results in %d bins", Arrays.stream(counts).sum(), counts.length));
        Notes.notFinite(looked.left, "value", notes);
        return new Histogram(borders, counts, looked.whole, notes);
    }

    /** Powers of ten; those of the ends may be a rounding error off, and would leave out the least or the greatest value. */
    private static double[] powers(double[] exponents, Looked looked) {
        double[] borders =
                Arrays.stream(exponents).map(exponent -> Math.pow(10, exponent)).toArray();
        int last = borders.length - 1;
        borders[0] = Math.min(borders[0], looked.low);
        borders[last] = Math.max(borders[last], looked.high);
        return borders;
    }

    private interface Value {
        void of(long rank, double value);
    }

    private static void read(PlotSource source, PlotSpec spec, Selection selection, Value value) {
        source.each(List.of(spec.field), (rank, parameters, numbers) -> {
            if (selection.everything() || selection.holds(parameters.get())) {
                value.of(rank, numbers[0]);
            }
        });
    }

    /** A result that came after the first reading may lie outside; its like is counted by the next picture. */
    private static void count(double[] borders, long[] counts, double value) {
        int last = counts.length;
        if (value >= borders[0] && value <= borders[last]) {
            int found = Arrays.binarySearch(borders, value);
            counts[Math.min(last - 1, found >= 0 ? found : -found - 2)]++;
        }
    }

    private static double[] borders(PlotSpec spec, Looked looked) {
        double[] sorted = looked.sample.values(0);
        if (spec.logX) {
            sorted = Arrays.stream(sorted).map(Math::log10).toArray();
        }
        Arrays.sort(sorted);
        double low = spec.logX ? Math.log10(looked.low) : looked.low;
        double high = spec.logX ? Math.log10(looked.high) : looked.high;
        boolean whole = looked.whole && !spec.logX && spec.bins == 0;
        if (whole) {
            double width = low == high
                    ? 1
                    : Math.max(1, Math.ceil((high - low + 1) / Bins.number(sorted, looked.n, low, high)));
            int bins = (int) Math.ceil((high - low + 1) / width);
            return IntStream.rangeClosed(0, bins)
                    .mapToDouble(i -> low - 0.5 + i * width)
                    .toArray();
        }
        if (low == high) {
            double half = Math.max(0.5, Math.ulp(low) * 8);
            return equal(low - half, high + half, Math.max(1, spec.bins));
        }
        return equal(low, high, spec.bins > 0 ? spec.bins : Bins.number(sorted, looked.n, low, high));
    }

    private static double[] equal(double low, double high, int bins) {
        return IntStream.rangeClosed(0, bins)
                .mapToDouble(i -> i == bins ? high : low + (high - low) * i / bins)
                .toArray();
    }
}
