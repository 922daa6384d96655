package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes axes of what users write. Thread safety: stateless. */
public final class Axes {

    private Axes() {}

    /**
     * The values that a user listed.
     *
     * @param values the values; one array or Iterable stands for its elements
     * @return the values, not checked
     * @throws JobMonException if it is null or does not end
     */
    public static List<@Nullable Object> elements(Object @Nullable [] values) {
        if (values == null) {
            throw new JobMonException("The values are null; list at least one.");
        }
        List<@Nullable Object> elements = new ArrayList<>();
        if (values.length == 1 && values[0] instanceof Iterable<?> iterable) {
            for (Object element : iterable) {
                elements.add(element);
                if (elements.size() > AxisSpec.Listed.MAX_SIZE) {
                    break; // refused by the axis; an Iterable need not end
                }
            }
            return elements;
        }
        boolean oneArray =
                values.length == 1 && values[0] != null && values[0].getClass().isArray();
        elements.addAll(oneArray ? Values.listOf(values[0]) : Arrays.asList(values));
        return elements;
    }

    /**
     * Whole numbers.
     *
     * @param from the first
     * @param to where to end
     * @param step the distance
     * @return the axis
     * @throws JobMonException if there is no such axis
     */
    public static AxisSpec range(long from, long to, long step) {
        checkStep(Long.compare(to, from), Long.signum(step), from, to, step);
        BigInteger distance = BigInteger.valueOf(to).subtract(BigInteger.valueOf(from));
        BigInteger steps = distance.divide(BigInteger.valueOf(step));
        return new AxisSpec.LongRange(from, step, size(new BigDecimal(steps), from, to, step));
    }

    /**
     * Numbers by distance.
     *
     * @param from the first
     * @param to where to end
     * @param step the distance
     * @return the axis
     * @throws JobMonException if there is no such axis
     */
    public static AxisSpec range(double from, double to, double step) {
        BigDecimal first = decimal(from, "from");
        BigDecimal end = decimal(to, "to");
        BigDecimal distance = decimal(step, "step");
        checkStep(end.compareTo(first), distance.signum(), from, to, step);
        BigDecimal steps = end.subtract(first).divideToIntegralValue(distance);
        return new AxisSpec.DecimalRange(first, distance, size(steps, from, to, step));
    }

    private static void checkStep(int direction, int sign, Number from, Number to, Number step) {
        if (sign == 0) {
            throw new JobMonException("The step of a range is 0; give the distance between two values.");
        }
        if (direction != 0 && direction != sign) {
            throw new JobMonException(
                    "A step of " + step + " leads from " + from + " away from " + to + "; change its sign.");
        }
    }

    private static int size(BigDecimal steps, Number from, Number to, Number step) {
        if (steps.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) >= 0) {
            throw new JobMonException("From " + from + " to " + to + " by " + step + " there are more than "
                    + count(Integer.MAX_VALUE) + " values; take a larger step, or split it over two axes.");
        }
        return steps.intValueExact() + 1;
    }

    /**
     * Numbers in equal distance.
     *
     * @param from the first
     * @param to the last
     * @param n how many
     * @return the axis
     * @throws JobMonException if there is no such axis
     */
    public static AxisSpec linspace(double from, double to, int n) {
        BigDecimal first = decimal(from, "from");
        BigDecimal last = decimal(to, "to");
        return isSingle(from, to, n) ? single(from) : new AxisSpec.Linspace(first, last, n);
    }

    /**
     * Numbers in equal ratio.
     *
     * @param from the first
     * @param to the last
     * @param n how many
     * @return the axis
     * @throws JobMonException if there is no such axis
     */
    public static AxisSpec logspace(double from, double to, int n) {
        BigDecimal first = decimal(from, "from");
        BigDecimal last = decimal(to, "to");
        if (from <= 0 || to <= 0) {
            throw new JobMonException("Values in geometric spacing lie above 0, but the ends are " + from + " and " + to
                    + "; give two positive numbers (the values themselves, not their exponents).");
        }
        return isSingle(from, to, n) ? single(from) : new AxisSpec.Logspace(first, last, n);
    }

    private static boolean isSingle(double from, double to, int n) {
        if (n < 1) {
            throw new JobMonException("The number of values is " + n + "; it must be at least 1.");
        }
        if (n == 1 && from != to) {
            throw new JobMonException(
                    "One value cannot be both " + from + " and " + to + "; take n >= 2, or equal ends.");
        }
        if (n > 1 && from == to) {
            throw new JobMonException("All " + count(n) + " values would be " + from
                    + "; take n = 1, or ends that differ" + " (replicates(n) runs a point more than once).");
        }
        return n == 1;
    }

    private static AxisSpec single(double value) {
        return new AxisSpec.Listed(List.of(value));
    }

    private static BigDecimal decimal(double value, String what) {
        if (!Double.isFinite(value)) {
            throw new JobMonException("'" + what + "' is " + value + "; only finite numbers can be swept over.");
        }
        return Decimals.shortest(value);
    }

    /**
     * A value as people read it.
     *
     * @param value a value of an axis
     * @return its text, shortened
     */
    public static String show(Object value) {
        return Values.show(value);
    }

    /**
     * A number of things as people read it.
     *
     * @param number the number
     * @return with commas
     */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
