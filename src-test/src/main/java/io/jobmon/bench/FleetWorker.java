package io.jobmon.bench;

import io.jobmon.Worker;

/** The program of the workers on hosts of {@link Hosts} and {@link SlurmSweep}. */
public final class FleetWorker {

    private FleetWorker() {}

    /**
     * Runs until told to stop.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Worker.fromEnvironment()
                .job(new TrivialSweep.Arithmetic())
                .job(new SlurmSweep.Nap())
                .run();
    }
}
