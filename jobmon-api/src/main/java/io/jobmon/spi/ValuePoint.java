package io.jobmon.spi;

import io.jobmon.JobMonException;
import io.jobmon.Point;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A point that holds its values. Thread safety: immutable. */
public final class ValuePoint implements Point {

    private final List<String> names;
    private final Object[] values;

    private ValuePoint(List<String> names, Object[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * Creates a point.
     *
     * @param names the parameters, immutable
     * @param values a value for each; the array is not copied
     * @return the point
     */
    public static ValuePoint of(List<String> names, Object[] values) {
        return new ValuePoint(names, values);
    }

    @Override
    public Object get(String name) {
        int i = names.indexOf(name);
        if (i < 0) {
            throw new JobMonException("The point has no parameter '" + name + "'; it has "
                    + (names.isEmpty() ? "none" : String.join(", ", names)) + ".");
        }
        return values[i];
    }

    @Override
    public double getDouble(String name) {
        Object value = get(name);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw unfit(name, value, "a number");
    }

    @Override
    public long getLong(String name) {
        Object value = get(name);
        if (!(value instanceof Number)) {
            throw unfit(name, value, "a whole number");
        }
        Object key = Values.key(value);
        if (key instanceof Long whole) {
            return whole;
        }
        if (key instanceof Double number && number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63) {
            return number.longValue();
        }
        throw unfit(name, value, "a whole number that fits a long");
    }

    private static JobMonException unfit(String name, Object value, String wanted) {
        return new JobMonException(
                "Parameter '" + name + "' is " + Values.show(value) + ", not " + wanted + "; read it with get(name).");
    }

    @Override
    public String getString(String name) {
        Object value = get(name);
        return value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
    }

    @Override
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.put(names.get(i), values[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Point point && Values.key(asMap()).equals(Values.key(point.asMap()));
    }

    @Override
    public int hashCode() {
        return Values.key(asMap()).hashCode();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        text.setEmptyValue("no parameters");
        for (int i = 0; i < values.length; i++) {
            text.add(names.get(i) + "=" + getString(names.get(i)));
        }
        return text.toString();
    }
}
