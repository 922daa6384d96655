package io.jobmon;

import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One run of a job at one point of the sweep: who it is, its random numbers, and what it may say while it runs.
 *
 * <p>Thread safety: for the thread that runs the experiment, except {@link #cancelled()} and {@link #progress(double)},
 * which any thread may call.
 *
 * @since 0.1
 */
public interface Experiment {

    /**
     * The sweep and the index, as {@code sweep-index}: the same for every attempt.
     *
     * @return the id
     */
    String id();

    /**
     * The index in the sweep: replicate * points + point.
     *
     * @return the index, from 0
     */
    long index();

    /**
     * Which replicate of its point this is.
     *
     * @return the replicate, from 0
     */
    int replicate();

    /**
     * Which attempt at this experiment this is, counting failures only.
     *
     * @return the attempt, from 1
     */
    int attempt();

    /**
     * A name that no other execution has, not even another attempt at the same index: for files and external systems.
     *
     * @return the name, of letters, digits and dashes
     */
    String executionId();

    /**
     * The first 8 bytes of this experiment's seed, for programs that take a number.
     *
     * @return the seed: the same wherever, whenever and however often the experiment runs
     */
    long seed();

    /**
     * The experiment's own stream of random numbers (L64X128MixRandom, seeded with SHA-256 over the sweep's seed, the
     * parameters and the replicate): the same bits wherever, whenever and on whichever JDK it runs. Every call returns the same
     * generator.
     *
     * @return the generator; not for several threads at once
     */
    RandomGenerator random();

    /**
     * Says how far the experiment is. Costs next to nothing; the worker shows it with its next heartbeat.
     *
     * @param fraction from 0 to 1; what lies outside is taken as the nearer end, NaN is ignored
     */
    void progress(double fraction);

    /**
     * Stores what this synthetic experiment was generated from. It comes back with {@link Result#ground(Class)}; the last
     * call counts.
     *
     * @param truth any value that can be written as JSON, at most 256 KiB
     * @throws JobMonException if it cannot be written, or is too large
     */
    void ground(Object truth);

    /**
     * Stores a state from which a later attempt can go on. It is dropped with the experiment's outcome.
     *
     * @param state any value that can be written as JSON, at most 1 MiB
     * @throws JobMonException if it cannot be written, is too large, or this worker has lost the experiment to another
     */
    void checkpoint(Object state);

    /**
     * The last checkpoint of this experiment, also of an attempt on another worker; none in {@link Sweep#replay}.
     *
     * @param type the type it was stored as
     * @param <T> the type
     * @return the state, or empty if there is none
     * @throws JobMonException if the stored state is not of this type
     */
    <T> Optional<T> restore(Class<T> type);

    /**
     * Whether the result is no longer wanted: the sweep was cancelled, or the worker is to stop at once. The thread is
     * interrupted as well.
     *
     * @return true once it is so
     */
    boolean cancelled();

    /**
     * A scratch folder of this execution, made at the first call and removed afterwards with all it holds.
     *
     * @return the folder
     */
    Path workDir();
}
