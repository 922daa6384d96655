package io.jobmon.tests;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.Sweep;
import java.time.Duration;

/** A program without a log: it waits for a sweep that its own workers cannot run. */
final class WaitingMain {

    private WaitingMain() {}

    public static void main(String[] args) {
        try (JobMon jobmon = JobMon.connect(JobMonOptions.local().slots(1).failWithoutWorkers(Duration.ofSeconds(6)))) {
            Sweep<Integer, Long> sweep =
                    jobmon.post(new Jobs.OfInteger()).requires("gpu").run(1);
            sweep.await();
        } catch (JobMonException e) {
            System.out.println(e.getMessage());
        }
    }
}
