package io.jobmon;

import io.jobmon.spi.FunctionJob;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A simulation: parameters in, an outcome out. Write it as a plain class, with records for both:
 *
 * <pre>{@code
 * public final class Percolation implements Job<Percolation.Params, Percolation.Outcome> {
 *     public record Params(double p, int n) {}
 *     public record Outcome(boolean spans, double largest) {}
 *
 *     public Outcome run(Params params, Experiment experiment) { ... }
 * }
 * }</pre>
 *
 * <p>{@code P} is a record, a bean, {@code Map<String, Object>}, {@link NoParams}, or a scalar, an enum or a String (whose
 * one axis is named {@code value}). {@code R} is one of those, a list, an array, a Map, or a sealed interface of records. NaN
 * and infinities are legal in outcomes and refused in spaces.
 *
 * <p>A job is known by its {@linkplain #name() name}, its code and its {@linkplain #configuration() configuration}: a worker
 * runs an experiment only if all three are the poster's.
 *
 * <p>Thread safety: one instance runs many experiments at once, one per slot. Keep what an experiment changes in local
 * variables.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
public interface Job<P, R> {

    /**
     * Runs one experiment. It may be run again after a failure or a lost worker, so effects outside the outcome should bear
     * repetition (see {@link Experiment#executionId()}).
     *
     * @param params the parameters of this experiment
     * @param experiment who this experiment is: its index, seed, random numbers, scratch folder
     * @return the outcome, never null, at most 256 KiB as JSON
     * @throws Exception whatever went wrong: the experiment is tried again, and after the last attempt becomes a dead
     *     letter with this cause
     */
    R run(P params, Experiment experiment) throws Exception;

    /**
     * The job's name, at most 128 characters. By default the simple name of its class.
     *
     * @return the name
     */
    default String name() {
        String simple = getClass().getSimpleName();
        if (!simple.isEmpty()) {
            return simple;
        }
        String name = getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * The version that stands for the job's code. By default empty: the code itself is digested, every class that is reached
     * from the job's. Give one where machines compile the same source with different compilers.
     *
     * @return the version, or the empty string
     */
    default String version() {
        return "";
    }

    /**
     * What the job was configured with, as part of its identity: any value that can be written as JSON. A job whose class
     * has instance fields must override it; of a record job its components are taken.
     *
     * @return the configuration, or null if there is none
     */
    default @Nullable Object configuration() {
        return null;
    }

    /**
     * Makes a job of a function.
     *
     * @param name the job's name
     * @param version the version that stands for the function's code; empty: the code of the class it is written in
     * @param params the type of the parameters
     * @param outcome the type of the outcome
     * @param body the function; it must not capture variables unless {@code version} covers them
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the job
     * @throws JobMonException if an argument is null or the name is blank
     */
    static <P, R> Job<P, R> of(
            String name, String version, Class<P> params, Class<R> outcome, Body<? super P, ? extends R> body) {
        return new FunctionJob<>(name, version, params, outcome, body);
    }

    /**
     * The function of {@link Job#of}. Serializable, so that a child JVM can be given it ({@link Isolation#PROCESS}).
     *
     * @param <P> the parameters
     * @param <R> the outcome
     */
    @FunctionalInterface
    interface Body<P, R> extends Serializable {

        /**
         * Runs one experiment, see {@link Job#run}.
         *
         * @param params the parameters of this experiment
         * @param experiment who this experiment is
         * @return the outcome, never null
         * @throws Exception whatever went wrong
         */
        R run(P params, Experiment experiment) throws Exception;
    }
}
