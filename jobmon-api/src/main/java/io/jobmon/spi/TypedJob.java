package io.jobmon.spi;

import java.lang.reflect.Type;

/** A job that says its types and where its code begins, because its class does not tell. */
public interface TypedJob {

    /**
     * The type of the parameters.
     *
     * @return the type
     */
    Type parameterType();

    /**
     * The type of the outcome.
     *
     * @return the type
     */
    Type outcomeType();

    /**
     * The object whose class (of a lambda: the class it is written in) is where the job's code begins.
     *
     * @return the object
     */
    Object code();
}
