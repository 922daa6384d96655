package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;

/** So little that it travels in sealed blocks. */
public final class Adding implements Job<Adding.Params, Adding.Outcome> {

    /** Two numbers. */
    public record Params(long a, long b) {}

    /** Their sum and product. */
    public record Outcome(long sum, long product) {}

    @Override
    public Outcome run(Params params, Experiment experiment) {
        Executions.count(experiment);
        return new Outcome(params.a + params.b, params.a * params.b);
    }
}
