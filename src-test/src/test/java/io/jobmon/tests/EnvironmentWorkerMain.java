package io.jobmon.tests;

import io.jobmon.Worker;

/** A worker as a launcher starts it. */
public final class EnvironmentWorkerMain {

    private EnvironmentWorkerMain() {}

    /** Runs until told to stop. */
    public static void main(String[] args) {
        WorkerMain.endWithParent();
        Worker.Builder worker = Worker.fromEnvironment();
        WorkerMain.jobs(worker);
        worker.job(new Talking());
        worker.run();
    }
}
