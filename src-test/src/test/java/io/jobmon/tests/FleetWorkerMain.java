package io.jobmon.tests;

import io.jobmon.CommandJob;
import io.jobmon.Job;
import io.jobmon.Worker;
import java.nio.file.Path;
import java.util.Map;

/** The program of a fleet's workers: it outlives whoever launched it. */
public final class FleetWorkerMain {

    /** What each says at its start. */
    static final String HELLO = "here is a worker of the tests";

    private FleetWorkerMain() {}

    /** What a worker finds in its environment. */
    public static Job<String, String> surroundings() {
        return Job.of("Surroundings", "1", String.class, String.class, (name, experiment) -> switch (name) {
            case "folder" -> Path.of("").toAbsolutePath().toString();
            default -> String.valueOf(System.getenv(name));
        });
    }

    /** A script whose file has to be brought. */
    public static CommandJob<Map<String, Object>> doubling(Path script) {
        return CommandJob.of("doubling", "shell", script.toString(), "{x}").files(script);
    }

    /** Runs until told to stop. */
    public static void main(String[] args) {
        if (System.getenv("TEST_DIES") != null) {
            System.err.println("there is no licence for this machine");
            System.exit(3);
        }
        System.out.println(HELLO);
        Worker.Builder worker = Worker.fromEnvironment();
        WorkerMain.jobs(worker);
        worker.job(surroundings());
        worker.job(doubling(Path.of("/nowhere/double.sh")));
        worker.run();
    }
}
