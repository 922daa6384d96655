package io.jobmon.tests;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import java.nio.file.Path;

/** A program whose experiments sleep for an hour when they run in the night. Argument: the folder. */
public final class SleepyMain {

    private SleepyMain() {}

    /** Posts and waits. */
    public static void main(String[] args) {
        WorkerMain.endWithParent();
        try (JobMon jobmon = JobMon.local(Path.of(args[0]))) {
            post(jobmon).await();
        }
    }

    static Sweep<?, ?> post(JobMon jobmon) {
        return jobmon.post(new Moody())
                .attempts(1)
                .sweep(ParamSpace.grid().axis("mood", Moody.Mood.SLEEPY).axis("i", Axis.range(1, 2, 1)));
    }
}
