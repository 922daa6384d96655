package io.jobmon.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** (a + b * index) / divisor in decimal: exact, rounded to 34 digits, then to a double. */
final class LinearValues extends MonotoneValues {

    private static final BigInteger EXACT = BigInteger.valueOf(Values.EXACT_IN_DOUBLE);
    private static final int MAX_SCALE = 15;

    private final BigDecimal a;
    private final BigDecimal b;
    private final BigDecimal divisor;
    private final double roughA;
    private final double roughB;

    /** Numerator and denominator as whole numbers below 2^53, where they are; then one division gives the same double. */
    private final long wholeA;

    private final long wholeB;
    private final double wholeDivisor;

    private LinearValues(BigDecimal a, BigDecimal b, int divisor, int size) {
        super(size);
        this.a = a;
        this.b = b;
        this.divisor = BigDecimal.valueOf(divisor);
        this.roughA = a.divide(this.divisor, MathContext.DECIMAL64).doubleValue();
        this.roughB = b.divide(this.divisor, MathContext.DECIMAL64).doubleValue();
        int scale = Math.max(0, Math.max(a.scale(), b.scale()));
        boolean whole = scale <= MAX_SCALE && Math.min(a.scale(), b.scale()) >= -MAX_SCALE;
        BigInteger scaledA = whole ? a.setScale(scale).unscaledValue() : EXACT;
        BigInteger scaledB = whole ? b.setScale(scale).unscaledValue() : EXACT;
        BigInteger scaledDivisor = whole ? BigInteger.TEN.pow(scale).multiply(BigInteger.valueOf(divisor)) : EXACT;
        BigInteger largest = scaledA.abs().add(scaledB.abs().multiply(BigInteger.valueOf(size)));
        if (whole && largest.compareTo(EXACT) < 0 && scaledDivisor.compareTo(EXACT) < 0) {
            this.wholeA = scaledA.longValueExact();
            this.wholeB = scaledB.longValueExact();
            this.wholeDivisor = scaledDivisor.longValueExact();
        } else {
            this.wholeA = 0;
            this.wholeB = 0;
            this.wholeDivisor = 0;
        }
    }

    static LinearValues ofRange(BigDecimal from, BigDecimal step, int size) {
        return new LinearValues(from, step, 1, size);
    }

    static LinearValues ofEnds(BigDecimal from, BigDecimal to, int size) {
        return new LinearValues(from.multiply(BigDecimal.valueOf(size - 1L)), to.subtract(from), size - 1, size);
    }

    @Override
    double at(int index) {
        return wholeDivisor == 0 ? atInDecimal(index) : (wholeA + wholeB * index) / wholeDivisor;
    }

    double atInDecimal(int index) {
        BigDecimal exact = a.add(b.multiply(BigDecimal.valueOf(index)));
        return exact.divide(divisor, MathContext.DECIMAL128).doubleValue() + 0.0; // no -0.0
    }

    @Override
    double guess(double value) {
        return (value - roughA) / roughB;
    }

    @Override
    boolean surelyDistinct() {
        double largest = Math.max(Math.abs(at(0)), Math.abs(at(size - 1)));
        BigDecimal resolution = new BigDecimal(Math.ulp(largest)).multiply(divisor);
        return size == 1 || b.abs().compareTo(resolution) > 0;
    }
}
