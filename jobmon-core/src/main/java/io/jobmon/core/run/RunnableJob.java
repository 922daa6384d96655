package io.jobmon.core.run;

import io.jobmon.CommandJob;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.identity.JobIdentity;
import io.jobmon.core.isolate.Commands;
import io.jobmon.spi.TypedJob;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A job with all that is made once to run it.
 *
 * <p>Thread safety: immutable.
 *
 * @param job the user's job
 * @param identity who it is
 * @param types how its parameters and outcomes are made, written and read
 * @param command how its program is run; null of a job in Java
 * @param <P> the parameters
 * @param <R> the outcome
 */
public record RunnableJob<P, R>(
        Job<P, R> job,
        JobIdentity identity,
        Types<P, R> types,
        @Nullable Commands<R> command) {

    private static final int NAMES = 100;

    /** Method handles made once a job class, so that they are compiled once. */
    private static final ClassValue<Map<String, Types<?, ?>>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<String, Types<?, ?>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /**
     * The types of a job.
     *
     * @param parameters how values become its parameters
     * @param outcome how its outcomes are written
     * @param <P> the parameters
     * @param <R> the outcome
     */
    public record Types<P, R>(ParameterType<P> parameters, OutcomeType<R> outcome) {}

    /**
     * Looks at a job.
     *
     * @param job the job
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the job, ready to run
     * @throws io.jobmon.JobMonException if its types or its state cannot be told
     */
    public static <P, R> RunnableJob<P, R> of(Job<P, R> job) {
        JobIdentity identity = Identities.of(job);
        if (job instanceof CommandJob<?>) {
            @SuppressWarnings("unchecked")
            CommandJob<R> command = (CommandJob<R>) (Job<?, R>) job;
            return new RunnableJob<>(job, identity, types(identity), Commands.of(command, identity));
        }
        if (job instanceof TypedJob) {
            return new RunnableJob<>(job, identity, types(identity), null);
        }
        Map<String, Types<?, ?>> known = KNOWN.get(job.getClass());
        Types<?, ?> types = known.get(identity.name());
        if (types == null) {
            types = types(identity);
            if (known.size() < NAMES) {
                known.put(identity.name(), types);
            }
        }
        @SuppressWarnings("unchecked")
        Types<P, R> mine = (Types<P, R>) types;
        return new RunnableJob<>(job, identity, mine, null);
    }

    /**
     * Stands for a job whose code is not here: good for reading what it stored, runs nothing.
     *
     * @param name the job's name
     * @param hash its hash
     * @param base its hash without inputs
     * @param shape how its outcomes are laid out, or empty
     * @return the stand-in
     */
    public static RunnableJob<Map<String, Object>, Map<String, Object>> stored(
            String name, String hash, String base, String shape) {
        return new RunnableJob<>(
                (params, experiment) -> {
                    throw new JobMonException("The code of " + name + " is not here; attach the sweep with its job.");
                },
                new JobIdentity(name, base, hash, Map.class, Map.class, null),
                new Types<>(ParameterType.of(Map.class, name), OutcomeType.stored(shape, name)),
                null);
    }

    private static <P, R> Types<P, R> types(JobIdentity identity) {
        return new Types<>(
                ParameterType.of(identity.parameterType(), identity.name()),
                OutcomeType.of(identity.outcomeType(), identity.name()));
    }

    /**
     * Runs an experiment: a command with the files of its identity.
     *
     * @param params the parameters
     * @param experiment who this experiment is
     * @return the outcome
     * @throws Exception what the job throws
     */
    public R run(P params, Experiment experiment) throws Exception {
        if (command != null && params instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, Object> values = (Map<String, Object>) map;
            return command.run(values, experiment);
        }
        return job.run(params, experiment);
    }

    /**
     * Compares a space with what a command's arguments hold.
     *
     * @param names the names of the space
     * @throws io.jobmon.JobMonException if a placeholder is none of them
     */
    public void checkNames(Collection<String> names) {
        if (command != null) {
            command.check(names);
        }
    }

    /**
     * Why the job cannot be run on this machine now.
     *
     * @return what is lacking, in words; empty if nothing is
     */
    public Optional<String> lack() {
        return command == null ? Optional.empty() : command.lack();
    }

    /**
     * The files of a command.
     *
     * @return name to 64 hex digits of SHA-256; empty of a job in Java, or if it cannot be looked at now
     */
    public Map<String, String> files() {
        return command == null ? Map.of() : command.files();
    }

    /**
     * How values become parameters.
     *
     * @return the type of the parameters
     */
    public ParameterType<P> parameters() {
        return types.parameters;
    }

    /**
     * How outcomes are written and read.
     *
     * @return the type of the outcome
     */
    public OutcomeType<R> outcome() {
        return types.outcome;
    }
}
