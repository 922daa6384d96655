package io.jobmon.core.host;

import io.jobmon.CommandJob;
import io.jobmon.Worker;

/** The program of workers that run the command jobs of a jobmon.yaml. */
public final class ProjectWorker {

    private ProjectWorker() {}

    /**
     * Runs the jobs that were brought with it, until told to stop.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Worker.Builder worker = Worker.fromEnvironment();
        for (CommandJob<?> job : JobsJson.brought()) {
            worker.job(job);
        }
        worker.run();
    }
}
