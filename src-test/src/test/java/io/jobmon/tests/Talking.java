package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what it does, in every way there is. */
final class Talking implements Job<Talking.Params, Integer> {

    private static final Logger LOG = LoggerFactory.getLogger("com.example.Talking");

    static final int STEPS = 500;

    record Params(String say, int x) {}

    @Override
    public Integer run(Params params, Experiment experiment) {
        if (params.say().equals("steps")) {
            for (int k = 1; k <= STEPS; k++) {
                experiment.progress((double) k / STEPS);
            }
            return params.x();
        }
        experiment.progress(0.25);
        LOG.warn("{} logs {}", params.say(), params.x());
        System.out.println(params.say() + " prints " + params.x());
        System.err.println(params.say() + " complains " + params.x());
        if (params.say().equals("thrown")) {
            LOG.error("caught", new IllegalStateException("as planned"));
        }
        experiment.progress(1);
        return params.x();
    }
}
