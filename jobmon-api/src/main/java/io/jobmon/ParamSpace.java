package io.jobmon;

/** The points of a sweep. */
public interface ParamSpace {

    /**
     * How many points there are.
     *
     * @return the number
     */
    long size();

    /**
     * A point.
     *
     * @param index from 0
     * @return the point
     */
    Point point(long index);
}
