package io.jobmon.tests;

import io.jobmon.JobMon;
import io.jobmon.JobMonOptions;
import java.time.Duration;

/** A worker for programs in a JVM of its own. Arguments: the server, the folder for marks. */
public final class ProgramWorkerMain {

    private ProgramWorkerMain() {}

    /** Runs until told to stop. */
    public static void main(String[] args) {
        WorkerMain.endWithParent();
        JobMon.connect(JobMonOptions.redis(args[0]).heartbeat(Duration.ofMillis(200)))
                .worker()
                .job(ProgramJobs.stubborn(args[1]))
                .job(ProgramJobs.sleeping(args[1]))
                .job(ProgramJobs.watchful(args[1]))
                .slots(2)
                .run();
    }
}
