package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;

/** Counts up, 50 ms a step, and stores how far it has come. */
public final class Counting implements Job<Counting.Params, Integer> {

    /** How far. */
    public record Params(int to) {}

    @Override
    public Integer run(Params params, Experiment experiment) throws InterruptedException {
        Executions.count(experiment);
        int from = experiment.restore(Integer.class).orElse(0);
        for (int at = from + 1; at <= params.to; at++) {
            Thread.sleep(50);
            experiment.checkpoint(at);
        }
        return params.to - from;
    }
}
