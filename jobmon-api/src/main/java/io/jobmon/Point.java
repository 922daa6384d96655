package io.jobmon;

import java.util.Map;

/**
 * One point of a space: a value for each parameter.
 *
 * <p>Thread safety: immutable. Two points with the same names and values are equal.
 *
 * @since 0.1
 */
public interface Point {

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
