package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;

/** Draws numbers, and takes some time. */
public final class Sampling implements Job<Sampling.Params, Sampling.Outcome> {

    /** Which one, and how many milliseconds it takes. */
    public record Params(int i, int millis) {}

    /** What it drew. */
    public record Outcome(long seed, double mean, String text) {}

    @Override
    public Outcome run(Params params, Experiment experiment) throws InterruptedException {
        Executions.count(experiment);
        Thread.sleep(params.millis);
        double sum = 0;
        for (int k = 0; k < 10; k++) {
            sum += experiment.random().nextDouble();
        }
        return new Outcome(experiment.seed(), sum / 10, "i=" + params.i);
    }
}
