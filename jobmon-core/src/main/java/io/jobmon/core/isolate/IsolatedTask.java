package io.jobmon.core.isolate;

import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.core.codec.Faults;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One experiment for a child JVM, and the worker's side of it.
 *
 * <p>Thread safety: for the thread that asks for the run; {@link #stop()} may change its answer at any time. {@link #checkpoint}
 * and {@link #restore} are called on another thread, one at a time, and may still be at work when the run has ended.
 */
public interface IsolatedTask extends PrintListener {

    /**
     * A sweep as a child needs to know it.
     *
     * @param id the sweep
     * @param job the job
     * @param specification its space
     * @param points the size of the space
     * @param seed the master seed
     * @param commonRandomNumbers whether seeds leave the parameters out
     */
    record SweepFacts(
            String id, Job<?, ?> job, String specification, long points, long seed, boolean commonRandomNumbers) {}

    /** Why a run is to end early. */
    enum Stop {
        /** Nobody wants its result. */
        CANCELLED,
        /** The worker ends. */
        STOPPING
    }

    /**
     * The sweep.
     *
     * @return the same object for all tasks of a sweep
     */
    SweepFacts sweep();

    /**
     * How the child is to be.
     *
     * @return the isolation
     */
    Isolation isolation();

    /**
     * Which experiment.
     *
     * @return the index
     */
    long index();

    /**
     * How often it was tried, from 1.
     *
     * @return the attempt
     */
    int attempt();

    /**
     * Unique for this run.
     *
     * @return the id
     */
    String executionId();

    /**
     * Whether there may be a limit to how long it takes.
     *
     * @return false if there is none for sure
     */
    boolean timed();

    /**
     * Whether it takes too long.
     *
     * @param nanos how long it has taken since the first line of user code
     * @return what to say of it; empty if it does not
     */
    Optional<Faults.Described> overdue(long nanos);

    /**
     * Whether the run is to end early.
     *
     * @return why, null if it is not
     */
    @Nullable
    Stop stop();

    /**
     * Takes how far it is.
     *
     * @param fraction 0 to 1
     */
    void progress(double fraction);

    /**
     * Stores a checkpoint.
     *
     * @param json the state
     * @return false if the experiment is another worker's now
     */
    boolean checkpoint(byte[] json);

    /**
     * The last checkpoint.
     *
     * @return JSON
     */
    Optional<byte[]> restore();
}
