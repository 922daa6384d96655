package io.jobmon.tests;

import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import io.jobmon.Worker;
import java.io.IOException;
import java.time.Duration;

/** A worker in a JVM of its own. Arguments: the server, slots, tags. */
public final class WorkerMain {

    /** The variable that gives its heartbeat in milliseconds; 200 without it. */
    static final String HEARTBEAT = "JOBMON_TEST_HEARTBEAT";

    private WorkerMain() {}

    /** Runs until told to stop. */
    public static void main(String[] args) {
        endWithParent();
        long heartbeat = Long.parseLong(System.getenv().getOrDefault(HEARTBEAT, "200"));
        Worker.Builder worker = JobMon.connect(JobMonOptions.redis(args[0]).heartbeat(Duration.ofMillis(heartbeat)))
                .worker();
        jobs(worker);
        worker.slots(Integer.parseInt(args[1]));
        if (!args[2].isEmpty()) {
            worker.tags(args[2].split(","));
        }
        worker.run();
    }

    static void jobs(Worker.Builder worker) {
        worker.job(new Sampling());
        worker.job(new Adding());
        worker.job(new Poisonous());
        worker.job(new Moody());
        worker.job(new Counting());
        String folder = "-D" + Executions.FOLDER + "=" + Executions.folder();
        worker.job(new Crashing()).childJvmOptions(folder).childEnvironment("TEST_FOLDER", folder);
    }

    /** Whoever started this holds the other end of its input. */
    static void endWithParent() {
        Thread guard = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    continue;
                }
            } catch (IOException e) {
                // As good as the end.
            }
            Runtime.getRuntime().halt(1);
        });
        guard.setDaemon(true);
        guard.start();
    }
}
