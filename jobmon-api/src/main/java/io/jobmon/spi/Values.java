package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be a value of a parameter, and when two values are the same. Thread safety: stateless. */
public final class Values {

    /** Up to here every whole number is a double: 2^53. */
    static final long EXACT_IN_DOUBLE = 1L << 53;

    private static final int SHOWN = 60;
    private static final int MAX_DEPTH = 100;

    private Values() {}

    /**
     * Checks and copies a value of a listed axis. Arrays and collections become lists.
     *
     * @param value a value
     * @param what what it is, for messages
     * @return the value, immutable unless it is a record that holds what is not
     * @throws JobMonException if it is null, NaN, infinite, or of a type that cannot be swept over
     */
    public static Object axisValue(@Nullable Object value, String what) {
        Object copy = pointValue(value, what);
        if (kind(copy).isEmpty()) {
            throw new JobMonException(what + ", " + show(copy) + ", is a "
                    + copy.getClass().getName() + "; use numbers, booleans, strings, enum constants, lists, maps or"
                    + " records.");
        }
        return copy;
    }

    /**
     * Checks and copies a value of a listed point. Arrays and collections become lists; what is not known is left to the job's types.
     *
     * @param value a value
     * @param what what it is, for messages
     * @return the value, immutable if its type is known
     * @throws JobMonException if it is null, NaN or infinite
     */
    public static Object pointValue(@Nullable Object value, String what) {
        return copy(value, what, 0);
    }

    private static Object copy(@Nullable Object value, String what, int depth) {
        if (value == null) {
            throw new JobMonException(what + " is null; leave it out, or take a value that stands for 'none'.");
        }
        if (depth > MAX_DEPTH) {
            throw new JobMonException(what + " is nested more than " + MAX_DEPTH + " deep, perhaps in a circle.");
        }
        if (value instanceof Double || value instanceof Float) {
            return finite((Number) value, what);
        }
        if (value instanceof CharSequence text) {
            return whole(text.toString(), what);
        }
        if (value instanceof Collection<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copy(element, "An element of " + what, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(name(key, what), copy(element, "An entry of " + what, depth + 1)));
            return Collections.unmodifiableMap(copy);
        }
        if (value.getClass().isArray()) {
            return copy(listOf(value), what, depth);
        }
        return value;
    }

    /**
     * The elements of an array.
     *
     * @param array an array of any type
     * @return its elements, boxed
     */
    public static List<@Nullable Object> listOf(Object array) {
        int length = Array.getLength(array);
        List<@Nullable Object> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            list.add(Array.get(array, i));
        }
        return list;
    }

    private static Object finite(Number value, String what) {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            throw new JobMonException(what + " is " + value + "; only finite numbers can be swept over.");
        }
        if (number == 0) {
            return value instanceof Float ? (Object) 0.0f : (Object) 0.0; // -0.0 is 0.0
        }
        return value;
    }

    private static String name(@Nullable Object key, String what) {
        if (key instanceof String text) {
            return whole(text, what);
        }
        throw new JobMonException(what + " is a map with the key " + show(key) + "; its keys must be strings.");
    }

    /**
     * Checks that a string can be written as UTF-8.
     *
     * @param text the string
     * @param what what it is, for messages
     * @return the string
     * @throws JobMonException if it holds half of a surrogate pair
     */
    public static String whole(String text, String what) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new JobMonException(what + " holds half of a character (a lone surrogate); it cannot be stored.");
        }
        return text;
    }

    /**
     * The kind of a value: values of one axis are of one kind.
     *
     * @param value a value
     * @return the kind with its article; empty if such a value cannot be listed
     */
    public static String kind(Object value) {
        if (isNumber(value)) {
            return "a number";
        }
        if (value instanceof Enum<?> constant) {
            return "a constant of " + constant.getDeclaringClass().getSimpleName();
        }
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof Character) {
            return "a character";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof Map) {
            return "a map";
        }
        return value instanceof Record ? "a record" : "";
    }

    /**
     * Whether a value is a number that JobMon knows.
     *
     * @param value a value
     * @return true for the JDK's immutable numbers
     */
    public static boolean isNumber(Object value) {
        return isWhole(value)
                || value instanceof Double
                || value instanceof Float
                || value instanceof BigInteger
                || value instanceof BigDecimal;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
    }

    /**
     * What two values share if they are the same: numbers are compared as numbers, floating-point ones by their shortest
     * decimal, so that 1 is 1.0 and 0.1f is 0.1.
     *
     * @param value a value
     * @return a key with {@code equals} and {@code hashCode}
     */
    public static Object key(Object value) {
        if (isWhole(value)) {
            return keyOfLong(((Number) value).longValue());
        }
        if (value instanceof Double number) {
            return keyOfDouble(number);
        }
        if (value instanceof Float number) {
            return Float.isFinite(number) ? keyOfDecimal(Decimals.shortest(number)) : number.doubleValue();
        }
        if (value instanceof BigInteger number) {
            return keyOfDecimal(new BigDecimal(number));
        }
        if (value instanceof BigDecimal number) {
            return keyOfDecimal(number);
        }
        if (value instanceof List<?> list) {
            List<Object> keys = new ArrayList<>(list.size());
            list.forEach(element -> keys.add(key(element)));
            return keys;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> keys = new HashMap<>();
            map.forEach((name, element) -> keys.put(name, key(element)));
            return keys;
        }
        return value;
    }

    private static Object keyOfLong(long number) {
        double nearest = number;
        boolean alsoDouble = nearest < 0x1p63 && (long) nearest == number;
        return alsoDouble && Math.abs(nearest) > EXACT_IN_DOUBLE ? (Object) nearest : (Object) number;
    }

    private static Object keyOfDouble(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT_IN_DOUBLE;
        return whole ? (Object) (long) number : (Object) number;
    }

    private static Object keyOfDecimal(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() <= 0 && (long) plain.precision() - plain.scale() <= 19) {
            BigInteger whole = plain.toBigInteger();
            if (whole.bitLength() < 64) {
                return keyOfLong(whole.longValue());
            }
        }
        double nearest = plain.doubleValue();
        if (Double.isFinite(nearest)
                && (plain.compareTo(new BigDecimal(nearest)) == 0
                        || plain.compareTo(Decimals.shortest(nearest)) == 0)) {
            return keyOfDouble(nearest);
        }
        return plain;
    }

    /**
     * A value for a message.
     *
     * @param value any value
     * @return a text of bounded length
     */
    public static String show(@Nullable Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException e) { // a toString of the user's
            text = value == null ? "null" : "a " + value.getClass().getName();
        }
        if (value instanceof CharSequence) {
            text = '\'' + text + '\'';
        }
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    }
}
