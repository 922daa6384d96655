package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.io.FileDescriptor;
import java.io.FileInputStream;

/** Answers with the number of its process, after it has done something to it. */
final class Parting implements Job<Parting.Params, Long> {

    enum Deed {
        NOTHING,
        HALT,
        CLOSE_INPUT,
        READ_INPUT,
        CHECKPOINT
    }

    record Params(Deed deed) {}

    @Override
    public Long run(Params params, Experiment experiment) throws Exception {
        switch (params.deed()) {
            case HALT -> Runtime.getRuntime().halt(3);
            case CLOSE_INPUT -> {
                System.in.close();
                new FileInputStream(FileDescriptor.in).close();
            }
            case READ_INPUT ->
                new ProcessBuilder("cat")
                        .inheritIO()
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            case CHECKPOINT -> experiment.checkpoint("here");
            case NOTHING -> {}
        }
        return ProcessHandle.current().pid();
    }
}
