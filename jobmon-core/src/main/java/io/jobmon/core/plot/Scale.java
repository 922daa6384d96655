package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import java.util.Arrays;
import java.util.List;

/**
 * What one side of a picture shows.
 *
 * @param low the value at its beginning
 * @param high the value at its end, above the beginning
 * @param logarithmic whether equal distances are equal ratios
 * @param whole whether there is nothing between whole numbers
 * @param categories what stands at 0, 1, ...; none if the values are numbers
 */
record Scale(double low, double high, boolean logarithmic, boolean whole, List<String> categories) {

    private static final double MARGIN = 0.04;
    private static final double SMALLEST_POWER = -320;
    private static final double LARGEST_POWER = 308;

    /** A scale that holds all values, with some room at both ends. */
    static Scale around(double[] values, boolean logarithmic) {
        double[] range = range(values, logarithmic);
        double room = (range[1] - range[0]) * MARGIN;
        return scale(range[0] - room, range[1] + room, logarithmic);
    }

    /** A scale that ends at the lowest and the highest value. */
    static Scale between(double low, double high, boolean logarithmic) {
        double[] range = range(new double[] {low, high}, logarithmic);
        return scale(range[0], range[1], logarithmic);
    }

    /** A scale of colours: it ends where the values do. */
    static Scale exactly(double low, double high, boolean logarithmic) {
        double[] range = range(new double[] {low, high}, logarithmic);
        return logarithmic
                ? new Scale(Math.pow(10, range[0]), Math.pow(10, range[1]), true, false, List.of())
                : new Scale(range[0], range[1], false, false, List.of());
    }

    /** A scale along an axis of the sweep. */
    static Scale of(AxisValues axis, boolean logarithmic) {
        return axis.numeric()
                ? around(axis.positions(), logarithmic).ofWhole(axis.whole())
                : new Scale(-0.5, axis.size() - 0.5, false, true, axis.texts());
    }

    /** The same, its marks at whole numbers if that is asked for. */
    Scale ofWhole(boolean numbers) {
        return numbers && !logarithmic ? new Scale(low, high, false, true, categories) : this;
    }

    private static double[] range(double[] values, boolean logarithmic) {
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(1);
        if (logarithmic) {
            low = Math.log10(low);
            high = Math.log10(high);
        }
        if (high - low <= Math.ulp(Math.max(Math.abs(low), Math.abs(high))) * 16) {
            double half = logarithmic || low == 0 ? 0.5 : Math.abs(low) / 10;
            low -= half;
            high += half;
        }
        return new double[] {low, high};
    }

    /** The marks of a logarithmic scale are powers of ten, so there are two at least. */
    private static Scale scale(double low, double high, boolean logarithmic) {
        if (!Double.isFinite(high - low)) {
            throw new JobMonException("The values reach from " + low + " to " + high
                    + ", too far to be drawn; take another field or axis, or write the results as CSV.");
        }
        if (!logarithmic) {
            return new Scale(low, high, false, false, List.of());
        }
        boolean marked = Math.floor(high) - Math.ceil(low) >= 1;
        return new Scale(
                Math.pow(10, Math.max(SMALLEST_POWER, marked ? low : Math.floor(low))),
                Math.pow(10, Math.min(LARGEST_POWER, marked ? high : Math.ceil(high))),
                true,
                false,
                List.of());
    }

    /** Where a value lies between the ends: 0 to 1. */
    double share(double value) {
        return logarithmic
                ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
    }

    /** The value at a share. */
    double at(double share) {
        return logarithmic
                ? Math.pow(10, Math.log10(low) + share * (Math.log10(high) - Math.log10(low)))
                : low + share * (high - low);
    }
}
