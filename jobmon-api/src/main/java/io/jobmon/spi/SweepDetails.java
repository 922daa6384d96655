package io.jobmon.spi;

import io.jobmon.Point;

/** What a sweep of the engine knows beyond what users need, for tests and tools. Thread safety: any number of threads. */
public interface SweepDetails {

    /**
     * How many points its space has.
     *
     * @return the number; with the size it gives the number of replicates
     */
    long points();

    /**
     * The parameters of an experiment.
     *
     * @param index the experiment
     * @return its point
     */
    Point point(long index);

    /**
     * The seed of an experiment, as {@link io.jobmon.Experiment#seed()} tells it.
     *
     * @param index the experiment
     * @return the seed
     */
    long seed(long index);

    /**
     * Runs an experiment as {@link io.jobmon.Sweep#replay} does.
     *
     * @param index the experiment
     * @return its outcome as JSON, as {@link io.jobmon.Results#writeJsonLines} writes it
     * @throws io.jobmon.JobMonException if there is no such experiment, or Redis is out of reach; what the job throws comes as it is
     */
    String replayed(long index);

    /**
     * Deletes the sweep with its results, whoever runs it. Other sweeps of its job stay.
     *
     * @throws io.jobmon.JobMonException if Redis is out of reach
     */
    void delete();
}
