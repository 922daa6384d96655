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
     * Deletes the sweep with its results, whoever runs it. Other sweeps of its job stay.
     *
     * @throws io.jobmon.JobMonException if Redis is out of reach
     */
    void delete();
}
