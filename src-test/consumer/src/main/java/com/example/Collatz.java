package com.example;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.util.concurrent.atomic.AtomicInteger;

/** Steps from a number down to 1, for a job whose parameter and outcome are bare numbers; it dislikes 13. */
final class Collatz implements Job<Long, Integer> {
    static final AtomicInteger EXECUTIONS = new AtomicInteger();

    @Override
    public Integer run(Long start, Experiment experiment) {
        EXECUTIONS.incrementAndGet();
        if (start == 13) {
            throw new IllegalStateException("13 brings bad luck");
        }
        int steps = 0;
        for (long n = start; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1) {
            steps++;
        }
        return steps;
    }
}
