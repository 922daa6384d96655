package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Experiments in this JVM that wait at a gate, fail when told to, and are counted. */
final class Gate {

    private static final ConcurrentHashMap<String, Gate> GATES = new ConcurrentHashMap<>();

    final CountDownLatch open = new CountDownLatch(1);
    final AtomicInteger started = new AtomicInteger();
    volatile boolean failing;

    static Gate named(String name) {
        return GATES.computeIfAbsent(name, key -> new Gate());
    }

    record Params(String gate, int x) {}

    /** Waits until the gate is open. */
    static final class Waiting implements Job<Params, Integer> {
        @Override
        public Integer run(Params params, Experiment experiment) throws Exception {
            Gate gate = named(params.gate());
            gate.started.incrementAndGet();
            gate.open.await();
            return params.x();
        }
    }

    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        final int x;

        Failed(int x) {
            super("no result for " + x);
            this.x = x;
        }
    }

    /** Fails for odd numbers as long as the gate says so. */
    static final class Failing implements Job<Params, Integer> {
        @Override
        public Integer run(Params params, Experiment experiment) throws Exception {
            Gate gate = named(params.gate());
            gate.started.incrementAndGet();
            if (gate.failing && params.x() % 2 == 1) {
                throw new Failed(params.x());
            }
            return params.x();
        }
    }

    /** Fails for 1 as long as the gate says so; the others wait until it is open. */
    static final class FirstFailing implements Job<Params, Integer> {
        @Override
        public Integer run(Params params, Experiment experiment) throws Exception {
            Gate gate = named(params.gate());
            if (params.x() > 1) {
                gate.open.await();
            } else if (gate.failing) {
                throw new Failed(params.x());
            }
            return params.x();
        }
    }
}
