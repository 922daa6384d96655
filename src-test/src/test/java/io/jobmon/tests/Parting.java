package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;

/** Answers with the number of its process, after it has done something to it. */
final class Parting implements Job<Parting.Params, Long> {

    enum Deed {
        NOTHING,
        HALT,
        CHECKPOINT
    }

    record Params(Deed deed) {}

    @Override
    public Long run(Params params, Experiment experiment) {
        switch (params.deed()) {
            case HALT -> Runtime.getRuntime().halt(3);
            case CHECKPOINT -> experiment.checkpoint("here");
            case NOTHING -> {}
        }
        return ProcessHandle.current().pid();
    }
}
