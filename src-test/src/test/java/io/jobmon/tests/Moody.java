package io.jobmon.tests;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does what its mood says. */
public final class Moody implements Job<Moody.Params, Moody.Outcome> {

    /** What an experiment does. */
    public enum Mood {
        /** Ends at once. */
        QUICK,
        /** Sleeps for an hour if it begins in the night. */
        SLEEPY,
        /** Sleeps for an hour. */
        ASLEEP,
        /** Takes 0.7 s. */
        NAPPING,
        /** Fails on a broken host. */
        FRAIL,
        /** Never ends, and ignores its interrupt. */
        STUBBORN,
        /** Fails while its attempt is not greater than its number. */
        CLUMSY,
        /** Fails until it is healed. */
        SICK,
        /** Stores a state and fails; the next attempt goes on from there. */
        CAREFUL
    }

    /** An experiment. */
    public record Params(Mood mood, int i) {}

    /** What it saw. */
    public record Outcome(int i, int attempt, int state) {}

    static final String BROKEN = "JOBMON_TEST_BROKEN";
    private static final String MORNING = "morning";
    private static final List<Integer> ORDER = new CopyOnWriteArrayList<>();
    private static final AtomicInteger NAPPING = new AtomicInteger();
    private static final Set<Integer> TOGETHER = ConcurrentHashMap.newKeySet();
    private static volatile boolean healed;

    static void heal(boolean healthy) {
        healed = healthy;
    }

    /** Ends the night, in all JVMs of this test. */
    static void morning() throws IOException {
        Files.createFile(Executions.folder().resolve(MORNING));
    }

    /** The numbers of what ran in this JVM, in the order of their beginning. */
    static List<Integer> order() {
        return ORDER;
    }

    /** How many took their naps in this JVM at once. */
    static Set<Integer> together() {
        return TOGETHER;
    }

    @Override
    public Outcome run(Params params, Experiment experiment) throws Exception {
        Executions.count(experiment);
        ORDER.add(params.i);
        int state = 0;
        switch (params.mood) {
            case QUICK -> {}
            case SLEEPY -> {
                if (!Files.exists(Executions.folder().resolve(MORNING))) {
                    TimeUnit.HOURS.sleep(1);
                }
            }
            case ASLEEP -> TimeUnit.HOURS.sleep(1);
            case NAPPING -> nap();
            case FRAIL -> {
                TimeUnit.MILLISECONDS.sleep(5);
                if (System.getenv(BROKEN) != null) {
                    throw new IllegalStateException("no disk");
                }
            }
            case STUBBORN -> ignoreInterrupts();
            case CLUMSY -> {
                if (experiment.attempt() <= params.i) {
                    throw new IllegalStateException("stumbled over stone " + params.i);
                }
            }
            case SICK -> {
                if (!healed) {
                    throw params.i % 2 == 0
                            ? new IllegalStateException("fever of " + params.i)
                            : new IndexOutOfBoundsException("cough");
                }
            }
            case CAREFUL -> {
                state = experiment.restore(Integer.class).orElse(0) + 1;
                experiment.checkpoint(state);
                if (experiment.attempt() < 3) {
                    throw new IllegalStateException("not yet");
                }
            }
        }
        return new Outcome(params.i, experiment.attempt(), state);
    }

    private static void nap() throws InterruptedException {
        TOGETHER.add(NAPPING.incrementAndGet());
        try {
            TimeUnit.MILLISECONDS.sleep(700);
        } finally {
            NAPPING.decrementAndGet();
        }
    }

    private static void ignoreInterrupts() {
        while (true) {
            try {
                TimeUnit.HOURS.sleep(1);
            } catch (InterruptedException e) {
                continue;
            }
        }
    }
}
