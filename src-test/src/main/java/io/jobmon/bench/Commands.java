package io.jobmon.bench;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.JobMon;
import io.jobmon.Sweep;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What it costs to run a program through JobMon: {@code true}, beside {@code new ProcessBuilder("true").start().waitFor()}
 * in the same run, one at a time. Medians of five.
 *
 * <pre>./mvnw -q -Pbench verify -Dbench=Commands</pre>
 */
public final class Commands {

    private static final int ROUNDS = 5;
    private static final int PROGRAMS = 500;

    private Commands() {}

    /**
     * Measures and prints.
     *
     * @param args none
     * @throws Exception if a program cannot be started
     */
    public static void main(String[] args) throws Exception {
        CommandJob<Integer> job = CommandJob.of("true", "true").outcome(Integer.class, CommandOutput::exitCode);
        double[] bare = new double[ROUNDS];
        double[] one = new double[ROUNDS];
        double[] two = new double[ROUNDS];
        try (JobMon single = JobMon.local(1);
                JobMon pair = JobMon.local(2)) {
            bare(PROGRAMS);
            sweep(single, job, -1);
            sweep(pair, job, -1);
            for (int round = 0; round < ROUNDS; round++) {
                bare[round] = bare(PROGRAMS);
                one[round] = sweep(single, job, round);
                two[round] = sweep(pair, job, round);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "ProcessBuilder %.2f ms a program; CommandJob, 1 slot %.2f ms (%.2f x); 2 slots %.2f ms (%.2f x)%n",
                median(bare),
                median(one),
                median(one) / median(bare),
                median(two),
                median(two) / median(bare));
    }

    private static double bare(int programs) throws IOException, InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; i < programs; i++) {
            new ProcessBuilder("true").start().waitFor();
        }
        return (System.nanoTime() - began) / 1e6 / programs;
    }

    private static double sweep(JobMon jobmon, CommandJob<Integer> job, int round) {
        long began = System.nanoTime();
        Sweep<Map<String, Object>, Integer> sweep = jobmon.post(job)
                .seed(round)
                .sweep("i", IntStream.range(0, PROGRAMS).toArray());
        sweep.await();
        return (System.nanoTime() - began) / 1e6 / PROGRAMS;
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
