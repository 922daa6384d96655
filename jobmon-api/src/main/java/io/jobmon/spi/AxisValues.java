package io.jobmon.spi;

/** The values of an axis, computed by index. Thread safety: immutable. */
public interface AxisValues {

    /**
     * A value.
     *
     * @param index from 0, below the size of the axis
     * @return the value
     */
    Object value(int index);

    /**
     * Where a value is. Numbers are compared as numbers: 1 is 1.0.
     *
     * @param value any value
     * @return the index, or -1
     */
    int indexOf(Object value);
}
