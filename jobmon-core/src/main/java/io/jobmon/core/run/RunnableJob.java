package io.jobmon.core.run;

import io.jobmon.Job;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.identity.JobIdentity;
import io.jobmon.spi.TypedJob;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A job with all that is made once to run it.
 *
 * <p>Thread safety: immutable.
 *
 * @param job the user's job
 * @param identity who it is
 * @param types how its parameters and outcomes are made, written and read
 * @param <P> the parameters
 * @param <R> the outcome
 */
public record RunnableJob<P, R>(Job<P, R> job, JobIdentity identity, Types<P, R> types) {

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
        if (job instanceof TypedJob) {
            return new RunnableJob<>(job, identity, types(identity));
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
        return new RunnableJob<>(job, identity, mine);
    }

    private static <P, R> Types<P, R> types(JobIdentity identity) {
        return new Types<>(
                ParameterType.of(identity.parameterType(), identity.name()),
                OutcomeType.of(identity.outcomeType(), identity.name()));
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
