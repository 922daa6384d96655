package io.jobmon.spi;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * from * ratio ^ index, both ends exact. Only sums, products and quotients of decimals, whose rounding is laid down, so that
 * every machine and JDK gives the same bits.
 */
final class LogValues extends MonotoneValues {

    /** Digits to work with: 34 must be right after 31 squarings. */
    private static final MathContext WORK = new MathContext(60, RoundingMode.HALF_EVEN);

    private static final BigDecimal ENOUGH = new BigDecimal("1e-57");

    private final double first;
    private final double last;
    private final BigDecimal from;
    private final BigDecimal ratio;
    private final double logFirst;
    private final double logRatio;

    /** Element k is ratio ^ (2 ^ k). */
    private final BigDecimal[] powers;

    LogValues(BigDecimal from, BigDecimal to, int size) {
        super(size);
        this.first = from.doubleValue();
        this.last = to.doubleValue();
        this.from = from;
        int steps = size - 1;
        this.logFirst = StrictMath.log(first);
        this.logRatio = (StrictMath.log(last) - logFirst) / steps;
        this.ratio = root(to.divide(from, WORK), steps, StrictMath.exp(logRatio));
        this.powers = new BigDecimal[32 - Integer.numberOfLeadingZeros(steps)];
        powers[0] = ratio;
        for (int k = 1; k < powers.length; k++) {
            powers[k] = powers[k - 1].multiply(powers[k - 1], WORK);
        }
    }

    /** The n-th root by Newton's method, see Knuth, The Art of Computer Programming, vol. 2, section 4.7. */
    private static BigDecimal root(BigDecimal of, int n, double about) {
        if (n == 1) {
            return of;
        }
        BigDecimal degree = BigDecimal.valueOf(n);
        BigDecimal x = new BigDecimal(about);
        for (int round = 0; round < 20; round++) {
            BigDecimal quotient = of.divide(power(x, n - 1), WORK);
            BigDecimal change = quotient.subtract(x, WORK).divide(degree, WORK);
            x = x.add(change, WORK);
            if (change.abs().compareTo(x.multiply(ENOUGH, WORK)) <= 0) {
                break;
            }
        }
        return x;
    }

    private static BigDecimal power(BigDecimal base, int exponent) {
        BigDecimal result = BigDecimal.ONE;
        BigDecimal square = base;
        for (int rest = exponent; rest > 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = result.multiply(square, WORK);
            }
            square = square.multiply(square, WORK);
        }
        return result;
    }

    @Override
    double at(int index) {
        if (index == 0) {
            return first;
        }
        if (index == size - 1) {
            return last;
        }
        BigDecimal value = from;
        for (int k = 0, rest = index; rest > 0; k++, rest >>>= 1) {
            if ((rest & 1) != 0) {
                value = value.multiply(powers[k], WORK);
            }
        }
        return value.round(MathContext.DECIMAL128).doubleValue();
    }

    @Override
    double guess(double value) {
        return (StrictMath.log(value) - logFirst) / logRatio;
    }

    @Override
    boolean surelyDistinct() {
        BigDecimal growth = ratio.subtract(BigDecimal.ONE).abs();
        return Math.min(first, last) >= Double.MIN_NORMAL && growth.compareTo(new BigDecimal(Math.ulp(2.0))) > 0;
    }
}
