package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.util.UUID;

/** Until it is healed, fails where n is large and the method is LU, and at some x of small n for another reason. */
final class Solving implements Job<Solving.Params, Integer> {

    record Params(int n, String method, int x) {}

    private static volatile boolean healed;

    static void heal(boolean healthy) {
        healed = healthy;
    }

    @Override
    public Integer run(Params params, Experiment experiment) {
        if (!healed && params.n >= 1000 && params.method.equals("LU")) {
            throw new IllegalStateException("pivot " + params.x + " is zero in run " + UUID.randomUUID());
        }
        if (!healed && params.x % 10 == 7 && params.n == 10) {
            throw new ArithmeticException("no root in /tmp/jobmon-" + experiment.executionId() + "/table");
        }
        return params.x;
    }
}
