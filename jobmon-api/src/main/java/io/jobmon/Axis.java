package io.jobmon;

import io.jobmon.spi.Axes;
import io.jobmon.spi.AxisSpec;
import io.jobmon.spi.AxisValues;
import java.util.StringJoiner;

/**
 * The values of one parameter, in order, none twice. Listed values are held; ranges are computed when asked for, so that a
 * range of a billion values costs nothing.
 *
 * <p>Floating-point values are computed in decimal: the bounds are taken as the shortest decimals that stand for them (0.1
 * is one tenth), every value is computed with 34 digits and rounded once to a double. So the fourth value of
 * {@code range(0, 1, 0.1)} is 0.3, not 0.30000000000000004; all of {@code linspace(0, 1, 11)} is in
 * {@code linspace(0, 1, 31)}; both ends are exact; and every machine and Java version gives the same bits.
 *
 * <p>Thread safety: immutable.
 *
 * @since 0.1
 */
public final class Axis {

    private static final int SHOWN = 6;

    private final AxisSpec spec;
    private final AxisValues values;

    private Axis(AxisSpec spec) {
        this.spec = spec;
        this.values = spec.values();
    }

    /**
     * Listed values. They are of one kind: numbers (whole or not), booleans, strings, characters, constants of one enum; or
     * lists, maps with string keys, or records, for parameters that have a structure.
     *
     * @param values the values; one array or {@link Iterable} stands for its elements
     * @return the axis
     * @throws JobMonException if there is none or more than 1,000,000; if one is null, NaN, infinite, twice there (1 and 1.0
     *     are the same), or of a type that cannot be swept over; if they are of different kinds
     */
    public static Axis of(Object... values) {
        return new Axis(new AxisSpec.Listed(Axes.elements(values)));
    }

    /**
     * Whole numbers: {@code from}, {@code from + step}, and so on; {@code to} is included when it is hit.
     *
     * @param from the first value
     * @param to where to end
     * @param step the distance, negative to count down
     * @return the axis; its values are {@code Long}
     * @throws JobMonException if the step is 0 or leads away from {@code to}, or there are more than 2,147,483,647 values
     */
    public static Axis range(long from, long to, long step) {
        return new Axis(Axes.range(from, to, step));
    }

    /**
     * Numbers: {@code from}, {@code from + step}, and so on; {@code to} is included when it is hit, in decimal.
     *
     * @param from the first value
     * @param to where to end
     * @param step the distance, negative to count down
     * @return the axis; its values are {@code Double}
     * @throws JobMonException if a number is NaN or infinite, the step is 0, leads away from {@code to} or is finer than a
     *     double can tell, or there are more than 2,147,483,647 values
     */
    public static Axis range(double from, double to, double step) {
        return new Axis(Axes.range(from, to, step));
    }

    /**
     * Numbers in equal distance, both ends included.
     *
     * @param from the first value
     * @param to the last value
     * @param n how many, at least 2; or 1 if both ends are the same
     * @return the axis; its values are {@code Double}
     * @throws JobMonException if an end is NaN or infinite, {@code n} does not fit the ends, or the values lie closer than a
     *     double can tell
     */
    public static Axis linspace(double from, double to, int n) {
        return new Axis(Axes.linspace(from, to, n));
    }

    /**
     * Numbers in equal ratio, both ends included. {@code logspace(0.001, 1, 4)} is 0.001, 0.01, 0.1, 1.
     *
     * @param from the first value itself (not its exponent), above 0
     * @param to the last value, above 0
     * @param n how many, at least 2; or 1 if both ends are the same
     * @return the axis; its values are {@code Double}
     * @throws JobMonException if an end is not above 0, or infinite, {@code n} does not fit the ends, or the values lie
     *     closer than a double can tell
     */
    public static Axis logspace(double from, double to, int n) {
        return new Axis(Axes.logspace(from, to, n));
    }

    /**
     * How many values there are.
     *
     * @return the number, from 1
     */
    public int size() {
        return spec.size();
    }

    /**
     * A value.
     *
     * @param index from 0
     * @return the value: of listed ones as it was given, else a {@code Long} or a {@code Double}
     * @throws JobMonException if the index is out of range
     */
    public Object value(int index) {
        if (index < 0 || index >= size()) {
            throw new JobMonException("There is no value " + index + "; the axis has " + size() + ", counted from 0.");
        }
        return values.value(index);
    }

    AxisSpec spec() {
        return spec;
    }

    int indexOf(Object value) {
        return values.indexOf(value);
    }

    /**
     * The values, shortened.
     *
     * @return for example {@code 0.0, 0.1, 0.2, ..., 1.0 (11 values)}
     */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        if (size() <= SHOWN) {
            for (int i = 0; i < size(); i++) {
                text.add(Axes.show(values.value(i)));
            }
            return text.toString();
        }
        for (int i = 0; i < SHOWN / 2; i++) {
            text.add(Axes.show(values.value(i)));
        }
        return text.add("...").add(Axes.show(values.value(size() - 1))) + " (" + Axes.count(size()) + " values)";
    }
}
