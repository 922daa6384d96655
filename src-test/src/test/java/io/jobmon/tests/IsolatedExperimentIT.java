package io.jobmon.tests;

import io.jobmon.Isolation;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.Posting;

/** All that an experiment can do, it can do in a child JVM. */
class IsolatedExperimentIT extends ExperimentTest {

    @Override
    <P, R> Posting<P, R> post(JobMon with, Job<P, R> job) {
        return with.post(job).isolation(Isolation.PROCESS.maxHeap("64m"));
    }

    @Override
    int executionsHere(int all) {
        return 0;
    }
}
