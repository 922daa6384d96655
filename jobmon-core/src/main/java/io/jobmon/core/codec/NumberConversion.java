package io.jobmon.core.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers into numbers: nothing is cut off, nothing leaves its range. */
abstract class NumberConversion extends Conversion {

    private static final int MOST_DIGITS = 1000;

    NumberConversion(String type) {
        super(type);
    }

    static @Nullable Conversion of(Class<?> raw) {
        if (raw == double.class || raw == Double.class) {
            return new OfDouble();
        }
        if (raw == int.class || raw == Integer.class) {
            return new OfLong("int", Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
        }
        if (raw == long.class || raw == Long.class) {
            return new OfLong("long", Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        }
        if (raw == float.class || raw == Float.class) {
            return new OfFloat();
        }
        if (raw == short.class || raw == Short.class) {
            return new OfLong("short", Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
        }
        if (raw == byte.class || raw == Byte.class) {
            return new OfLong("byte", Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
        }
        if (raw == BigInteger.class) {
            return new OfBigInteger();
        }
        return raw == BigDecimal.class ? new OfBigDecimal() : null;
    }

    private static BigInteger whole(Object value) {
        BigDecimal exact = exact(value);
        if (exact.signum() != 0 && exact.precision() - (long) exact.scale() > MOST_DIGITS) {
            throw new Unfit("it has more than " + MOST_DIGITS + " digits");
        }
        try {
            return exact.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new Unfit("it is not a whole number");
        }
    }

    private interface Narrowing {
        Object of(Long value);
    }

    private static final class OfLong extends NumberConversion {

        private final long least;
        private final long most;
        private final Narrowing narrowing;

        OfLong(String type, long least, long most, Narrowing narrowing) {
            super(type);
            this.least = least;
            this.most = most;
            this.narrowing = narrowing;
        }

        @Override
        Object convert(@Nullable Object value) {
            Object given = given(value);
            long number;
            if (given instanceof Long || given instanceof Integer) {
                number = ((Number) given).longValue();
            } else {
                BigInteger whole = whole(given);
                if (whole.bitLength() > 63) {
                    throw outOfRange();
                }
                number = whole.longValue();
            }
            if (number < least || number > most) {
                throw outOfRange();
            }
            return narrowing.of(number);
        }

        private Unfit outOfRange() {
            return new Unfit(String.format(Locale.ROOT, "it is out of range, %,d to %,d", least, most));
        }

        @Override
        Object tree(@Nullable Object converted) {
            return ((Number) given(converted)).longValue();
        }
    }

    private static final class OfDouble extends NumberConversion {

        OfDouble() {
            super("double");
        }

        @Override
        Object convert(@Nullable Object value) {
            Object given = given(value);
            if (!(given instanceof Number number)) {
                throw new Unfit("it is not a number");
            }
            double converted = number.doubleValue();
            if (Double.isInfinite(converted) && !(number instanceof Double || number instanceof Float)) {
                throw new Unfit("it is out of range");
            }
            return finite(converted);
        }

        @Override
        Object tree(@Nullable Object converted) {
            return given(converted);
        }
    }

    private static final class OfFloat extends NumberConversion {

        OfFloat() {
            super("float");
        }

        @Override
        Object convert(@Nullable Object value) {
            Object given = given(value);
            if (!(given instanceof Number number)) {
                throw new Unfit("it is not a number");
            }
            finite(number.doubleValue());
            if (Float.isInfinite(number.floatValue())) {
                throw new Unfit("it is out of range");
            }
            return number.floatValue();
        }

        @Override
        Object tree(@Nullable Object converted) {
            return given(converted);
        }
    }

    private static final class OfBigInteger extends NumberConversion {

        OfBigInteger() {
            super("BigInteger");
        }

        @Override
        Object convert(@Nullable Object value) {
            return whole(given(value));
        }

        @Override
        Object tree(@Nullable Object converted) {
            return given(converted);
        }
    }

    private static final class OfBigDecimal extends NumberConversion {

        OfBigDecimal() {
            super("BigDecimal");
        }

        @Override
        Object convert(@Nullable Object value) {
            Object given = given(value);
            if (!(given instanceof String text)) {
                return Decimals.normal(exact(given));
            }
            try {
                return Decimals.normal(new BigDecimal(text));
            } catch (NumberFormatException e) {
                throw new Unfit("it is not a decimal number");
            }
        }

        @Override
        Object tree(@Nullable Object converted) {
            return given(converted).toString();
        }
    }
}
