package io.jobmon;

import java.util.OptionalLong;

/**
 * The points of a sweep, known by index and never laid out in memory.
 *
 * <pre>{@code
 * ParamSpace space = ParamSpace.grid()
 *         .axis("p", Axis.linspace(0.50, 0.70, 21))
 *         .axis("n", 64, 128);
 * space.size();     // 42
 * space.point(1);   // p=0.5, n=128
 * }</pre>
 *
 * <p>Names are matched with the job's parameters when the sweep is posted. Thread safety: immutable.
 *
 * @since 0.1
 */
public sealed interface ParamSpace permits ParamSpace.Grid, PointSpace {

    /** The most characters a name may have. */
    int MAX_NAME = 128;

    /**
     * A grid without axes: it has one point, which has no parameters.
     *
     * @return the grid; add axes
     */
    static Grid grid() {
        return GridSpace.EMPTY;
    }

    /**
     * Listed points. They are copied at once.
     *
     * @param points records, beans, maps with string keys, or plain values (numbers, strings, booleans, enum constants: they
     *     are the parameter {@code value}); all with the same names
     * @return the space
     * @throws JobMonException if there is none or more than 1,000,000; if a point or one of its values is null, NaN or
     *     infinite; if a point is there twice or has other names than the first
     */
    static ParamSpace points(Iterable<?> points) {
        return PointSpace.of(points);
    }

    /**
     * How many points there are.
     *
     * @return the number, from 1 to 2^63 - 1
     */
    long size();

    /**
     * A point.
     *
     * @param index from 0
     * @return the point
     * @throws JobMonException if the index is out of range
     */
    Point point(long index);

    /**
     * Where a point is. Numbers are compared as numbers: 1 is 1.0.
     *
     * @param point a point, of this or another space, or of {@link Point#of}
     * @return its index; empty if the space does not hold it, or has other names
     */
    OptionalLong indexOf(Point point);

    /**
     * All combinations of the values of its axes. The last axis is the fastest: points 0 and 1 differ in it. Every method
     * that adds an axis returns a new grid.
     *
     * @since 0.1
     */
    sealed interface Grid extends ParamSpace permits GridSpace {

        /**
         * Adds an axis.
         *
         * @param name the parameter: 1 to {@value ParamSpace#MAX_NAME} characters, any characters
         * @param axis its values
         * @return the larger grid
         * @throws JobMonException if the name is empty, too long or there already, or the grid would have more than
         *     2^63 - 1 points
         */
        Grid axis(String name, Axis axis);

        /**
         * Adds an axis of listed values, as {@link Axis#of} takes them.
         *
         * @param name the parameter: 1 to {@value ParamSpace#MAX_NAME} characters, any characters
         * @param values its values; one array or {@link Iterable} stands for its elements
         * @return the larger grid
         * @throws JobMonException as {@link #axis(String, Axis)} and {@link Axis#of}
         */
        Grid axis(String name, Object... values);
    }
}
