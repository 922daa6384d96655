package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;

/** Ends its JVM at some points. */
public final class Poisonous implements Job<Poisonous.Params, Integer> {

    static final int FIRST = 77;
    static final int SECOND = 200;

    /** Which one. */
    public record Params(int i) {}

    @Override
    public Integer run(Params params, Experiment experiment) throws InterruptedException {
        Executions.count(experiment);
        Thread.sleep(5);
        if (params.i == FIRST || params.i == SECOND) {
            Runtime.getRuntime().halt(3);
        }
        return params.i * params.i;
    }
}
