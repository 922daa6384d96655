package io.jobmon.junit;

import io.jobmon.Experiment;
import io.jobmon.Job;

/** A measurement of something that is known, with noise of standard deviation 1; what is forbidden fails. */
final class Noise implements Job<Noise.Params, Noise.Outcome> {

    record Params(double mu, int batch) {}

    record Outcome(double value, double exact, boolean positive) {}

    @Override
    public Outcome run(Params params, Experiment experiment) {
        if (params.batch() == 13) {
            throw new IllegalStateException("batch 13 is forbidden");
        }
        double value = params.mu() + experiment.random().nextGaussian();
        return new Outcome(value, params.mu(), value > 0);
    }
}
