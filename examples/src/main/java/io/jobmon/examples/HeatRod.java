package io.jobmon.examples;

import io.jobmon.Experiment;
import io.jobmon.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * A rod of length 1, hot in the middle, that cools at both ends: the heat equation by finite differences, as an old code
 * would do it, with the two faults of old codes. Its explicit scheme stops the whole program when a step grows without bound
 * (that is so above diffusivity x step x cells^2 = 1/2); its implicit scheme keeps the matrix of every sixth step while the rod
 * is warm, which takes more memory than there is when the rod is fine and conducts badly.
 */
final class HeatRod implements Job<HeatRod.Params, HeatRod.Outcome> {

    private static final double STEP = 2.2e-5;
    private static final int STEPS = 4000;
    private static final double WARM = 0.95;
    private static final int KEPT = 6;

    enum Scheme {
        EXPLICIT,
        IMPLICIT
    }

    record Params(double diffusivity, int cells, Scheme scheme) {}

    /** The temperature in the middle at the end, where 1 is that of the beginning. */
    record Outcome(double middle) {}

    @Override
    public Outcome run(Params params, Experiment experiment) {
        double r = params.diffusivity * STEP * params.cells * params.cells;
        double[] rod = new double[params.cells + 1];
        for (int i = 0; i <= params.cells; i++) {
            rod[i] = Math.sin(Math.PI * i / params.cells);
        }
        double[] cooled = params.scheme == Scheme.EXPLICIT ? explicit(rod, r) : implicit(rod, r);
        return new Outcome(cooled[params.cells / 2]);
    }

    private static double[] explicit(double[] begin, double r) {
        double[] rod = begin;
        for (int step = 0; step < STEPS; step++) {
            double[] next = new double[rod.length];
            for (int i = 1; i < rod.length - 1; i++) {
                next[i] = rod[i] + r * (rod[i - 1] - 2 * rod[i] + rod[i + 1]);
                if (Math.abs(next[i]) > 1e3) {
                    System.err.println("HEATROD: UNSTABLE AT STEP " + step);
                    Runtime.getRuntime().halt(3);
                }
            }
            rod = next;
        }
        return rod;
    }

    /** Thomas' algorithm, on a matrix that is stored in full. */
    private static double[] implicit(double[] begin, double r) {
        List<double[][]> matrices = new ArrayList<>();
        double[] rod = begin;
        for (int step = 0; step < STEPS; step++) {
            if (rod[rod.length / 2] > WARM && step % KEPT == 0) {
                matrices.add(matrix(rod.length, r));
            }
            rod = solve(rod, r);
        }
        return rod;
    }

    private static double[][] matrix(int size, double r) {
        double[][] matrix = new double[size][];
        for (int i = 0; i < size; i++) {
            matrix[i] = new double[size];
            matrix[i][i] = 1 + 2 * r;
        }
        return matrix;
    }

    private static double[] solve(double[] right, double r) {
        int last = right.length - 1;
        double[] upper = new double[last + 1];
        double[] value = new double[last + 1];
        for (int i = 1; i < last; i++) {
            double pivot = 1 + 2 * r + r * upper[i - 1];
            upper[i] = -r / pivot;
            value[i] = (right[i] + r * value[i - 1]) / pivot;
        }
        for (int i = last - 1; i > 0; i--) {
            value[i] -= upper[i] * value[i + 1];
        }
        return value;
    }
}
