package io.jobmon;

import io.jobmon.spi.PointReader;
import io.jobmon.spi.ValuePoint;
import java.util.List;
import java.util.Map;

/**
 * One point of a space: a value for each parameter.
 *
 * <p>Thread safety: immutable. Two points with the same names and values are equal, in whatever order; numbers are compared
 * as numbers: 1 is 1.0.
 *
 * @since 0.1
 */
public interface Point {

    /**
     * Makes a point, for example to look up its index with {@link ParamSpace#indexOf}.
     *
     * @param values a value for each parameter, copied
     * @return the point
     * @throws JobMonException if a name or a value is null, or a number is NaN or infinite
     */
    static Point of(Map<String, ?> values) {
        Map<String, Object> copy = new PointReader().read(values, "The point");
        return ValuePoint.of(List.copyOf(copy.keySet()), copy.values().toArray());
    }

    /**
     * The value of a parameter.
     *
     * @param name the parameter
     * @return the value
     * @throws JobMonException if there is no such parameter
     */
    Object get(String name);

    /**
     * The value of a parameter as a floating-point number.
     *
     * @param name the parameter
     * @return the value
     * @throws JobMonException if there is no such parameter, or it is no number
     */
    double getDouble(String name);

    /**
     * The value of a parameter as a whole number.
     *
     * @param name the parameter
     * @return the value
     * @throws JobMonException if there is no such parameter, or it is no whole number
     */
    long getLong(String name);

    /**
     * The value of a parameter as text.
     *
     * @param name the parameter
     * @return the value
     * @throws JobMonException if there is no such parameter
     */
    String getString(String name);

    /**
     * All parameters, in the order of the space.
     *
     * @return an unmodifiable map
     */
    Map<String, Object> asMap();
}
