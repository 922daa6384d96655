package io.jobmon;

import java.time.Duration;
import java.util.Optional;

/**
 * The outcome of one experiment, a result or a failure, with what it was run on.
 *
 * <p>Thread safety: immutable.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
public interface Result<P, R> {

    /**
     * The index in the sweep.
     *
     * @return the index, from 0
     */
    long index();

    /**
     * The parameters.
     *
     * @return the parameters
     */
    P params();

    /**
     * Which replicate of its point this is.
     *
     * @return the replicate, from 0
     */
    int replicate();

    /**
     * Whether there is a value.
     *
     * @return false of a failure
     */
    boolean succeeded();

    /**
     * What the job returned.
     *
     * @return the value
     * @throws JobMonException if the experiment failed
     */
    R value();

    /**
     * Why the experiment failed.
     *
     * @return the failure, empty if it succeeded
     */
    Optional<Failure> failure();

    /**
     * How many attempts it took, this outcome's included.
     *
     * @return the attempts, from 1
     */
    int attempts();

    /**
     * How long the last attempt ran.
     *
     * @return the wall time, in whole microseconds
     */
    Duration elapsed();

    /**
     * Who ran it.
     *
     * @return the worker's id
     */
    String worker();

    /**
     * What the experiment was generated from, see {@link Experiment#ground}.
     *
     * @param type the type it was stored as
     * @param <G> the type
     * @return the ground truth, empty if there is none
     * @throws JobMonException if the stored value is not of this type
     */
    <G> Optional<G> ground(Class<G> type);
}
