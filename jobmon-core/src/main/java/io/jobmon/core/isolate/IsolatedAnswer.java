package io.jobmon.core.isolate;

import io.jobmon.core.codec.Faults;

/** How an experiment in a child JVM has ended. */
public sealed interface IsolatedAnswer {

    /**
     * With a result.
     *
     * @param value the positional list
     * @param ground the ground truth as JSON, empty if there is none
     * @param start when user code began, ms since the epoch
     * @param wall how long it took, us
     */
    record Result(byte[] value, byte[] ground, long start, long wall) implements IsolatedAnswer {}

    /**
     * With a failure: an exception, or the end of the child.
     *
     * @param fault what happened
     * @param wall how long it took, us
     */
    record Failed(Faults.Described fault, long wall) implements IsolatedAnswer {}

    /** Not: it was cancelled, or the worker stops. It is given back. */
    record Cut() implements IsolatedAnswer {}
}
