package io.jobmon.spi;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/** Decimal numbers of binary ones, the same on every JDK. */
final class Decimals {

    private static final int DOUBLE_DIGITS = 17;
    private static final int FLOAT_DIGITS = 9;

    private Decimals() {}

    /** The decimal of the fewest digits that reads back as the number, and of those the nearest; no trailing zeros. */
    static BigDecimal shortest(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return new BigDecimal(value).stripTrailingZeros();
        }
        return shortest(new BigDecimal(value), DOUBLE_DIGITS, decimal -> decimal.doubleValue() == value);
    }

    static BigDecimal shortest(float value) {
        return shortest(new BigDecimal(value), FLOAT_DIGITS, decimal -> decimal.floatValue() == value);
    }

    private static BigDecimal shortest(BigDecimal exact, int most, Predicate<BigDecimal> readsBack) {
        for (int digits = 1; digits < most; digits++) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.FLOOR));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
            boolean belowIsNearer = exact.subtract(below).compareTo(above.subtract(exact)) <= 0;
            BigDecimal near = belowIsNearer ? below : above;
            BigDecimal far = belowIsNearer ? above : below;
            // At powers of two the neighbour below is nearer than the one above: the second choice may read back alone.
            if (readsBack.test(near)) {
                return near.stripTrailingZeros();
            }
            if (readsBack.test(far)) {
                return far.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(most, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }

    /** Whether a decimal is what {@link #shortest(double)} makes of a finite double; cheap for absurd exponents. */
    static boolean isShortest(BigDecimal decimal) {
        if (decimal.precision() > DOUBLE_DIGITS || Math.abs((long) decimal.scale()) > 400) {
            return false;
        }
        double value = decimal.doubleValue();
        if (!Double.isFinite(value)) {
            return false;
        }
        BigDecimal shortest = shortest(value);
        return shortest.compareTo(decimal) == 0 && shortest.scale() == decimal.scale();
    }
}
