package io.jobmon.examples;

import io.jobmon.Worker;

/** A worker for {@link Percolation} on a machine of a cluster. */
public final class PercolationWorker {

    private PercolationWorker() {}

    /**
     * Runs the worker.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Worker.fromEnvironment() // JOBMON_REDIS_FILE, JOBMON_SLOTS, ... set by the launcher
                .job(new Percolation())
                .run(); // until told to stop
    }
}
