package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Tells the options of the JVM that it runs in; prints a line and fails if it is told to. */
final class Arguments implements Job<Arguments.Params, List<String>> {

    record Params(int i, boolean fails) {}

    @Override
    public List<String> run(Params params, Experiment experiment) {
        if (params.fails()) {
            System.out.println("said");
            throw new IllegalStateException("as told");
        }
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
