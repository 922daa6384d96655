package io.jobmon.core.space;

import io.jobmon.JobMonException;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.spi.Axes;
import io.jobmon.spi.AxisSpec;
import io.jobmon.spi.AxisValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The simplest formula of an axis, so that the same values give the same specification however they were written. */
final class Formulas {

    /** Up to here every value is tried, where the type of the parameter does not promise that all will fit. */
    private static final int TRIED = 65_536;

    private Formulas() {}

    static List<Object> elements(AxisSpec axis) {
        AxisValues values = axis.values();
        return IntStream.range(0, axis.size()).mapToObj(values::value).toList();
    }

    /** The formula of listed numbers that have one; else null. */
    static @Nullable AxisSpec of(ListedColumn column) {
        Object first = column.tree(0);
        Object last = column.tree(column.size - 1);
        if (first instanceof Long from && column.tree(1) instanceof Long next) {
            AxisSpec range = tried(() -> new AxisSpec.LongRange(from, Math.subtractExact(next, from), column.size));
            return range != null && same(range, column) ? range : null;
        }
        if (first instanceof Double from && last instanceof Double to) {
            AxisSpec linear = tried(() -> Axes.linspace(from, to, column.size));
            if (linear != null && same(linear, column)) {
                return simplest(linear);
            }
            AxisSpec geometric = tried(() -> Axes.logspace(from, to, column.size));
            return geometric != null && same(geometric, column) ? geometric : null;
        }
        return null;
    }

    private static boolean same(AxisSpec axis, ListedColumn column) {
        AxisValues values = axis.values();
        return IntStream.range(0, column.size).allMatch(i -> values.value(i).equals(column.tree(i)));
    }

    private static @Nullable AxisSpec tried(Supplier<AxisSpec> axis) {
        try {
            return axis.get();
        } catch (JobMonException | ArithmeticException e) {
            return null;
        }
    }

    /** A computed axis as its parameter takes it. */
    static AxisSpec bound(String name, AxisSpec axis, ParameterType<?> type) {
        AxisValues values = axis.values();
        Object first = type.convert(name, values.value(0));
        type.convert(name, values.value(1));
        type.convert(name, values.value(axis.size() - 1));
        AxisSpec simplest = simplest(axis);
        if (first instanceof Double) {
            AxisSpec decimal = decimal(simplest);
            if (!(decimal instanceof AxisSpec.LongRange)) {
                return decimal;
            }
        }
        boolean whole = first instanceof Long
                || first instanceof Integer
                || first instanceof Short
                || first instanceof Byte
                || first instanceof BigInteger;
        if (whole) {
            AxisSpec range = whole(simplest);
            if (range instanceof AxisSpec.LongRange) {
                return range;
            }
        } else if (first instanceof BigDecimal) {
            return simplest;
        }
        if (axis.size() > TRIED) {
            throw new JobMonException("Axis '" + name + "' has " + Axes.count(axis.size())
                    + " computed values; of more than " + Axes.count(TRIED) + " it cannot be told whether each fits the"
                    + " parameter and differs from the others. Take "
                    + (whole ? "Axis.range(long, long, long)." : "a double, a long or an int for it."));
        }
        SpecificationWriter.distinct(name, elements(axis), type);
        return simplest;
    }

    /** A linspace whose step is a decimal is a range. */
    private static AxisSpec simplest(AxisSpec axis) {
        if (!(axis instanceof AxisSpec.Linspace space)) {
            return axis;
        }
        BigDecimal steps = BigDecimal.valueOf(space.size() - 1L);
        BigDecimal width = space.to().subtract(space.from());
        BigDecimal step = width.divide(steps, MathContext.DECIMAL128).stripTrailingZeros();
        boolean exact = step.multiply(steps).compareTo(width) == 0;
        AxisSpec range = exact ? tried(() -> new AxisSpec.DecimalRange(space.from(), step, space.size())) : null;
        return range == null ? axis : range;
    }

    private static AxisSpec whole(AxisSpec axis) {
        if (!(axis instanceof AxisSpec.DecimalRange range)) {
            return axis;
        }
        AxisSpec whole = tried(() -> new AxisSpec.LongRange(
                range.from().longValueExact(), range.step().longValueExact(), range.size()));
        return whole == null ? axis : whole;
    }

    private static AxisSpec decimal(AxisSpec axis) {
        if (!(axis instanceof AxisSpec.LongRange range)) {
            return axis;
        }
        BigDecimal from = BigDecimal.valueOf(range.from()).stripTrailingZeros();
        BigDecimal step = BigDecimal.valueOf(range.step()).stripTrailingZeros();
        AxisSpec decimal = tried(() -> new AxisSpec.DecimalRange(from, step, range.size()));
        return decimal == null ? axis : decimal;
    }
}
