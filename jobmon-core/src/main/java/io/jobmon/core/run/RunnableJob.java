package io.jobmon.core.run;

import io.jobmon.Job;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.identity.JobIdentity;

/**
 * A job with all that is made once to run it.
 *
 * <p>Thread safety: immutable.
 *
 * @param job the user's job
 * @param identity who it is
 * @param parameters how values become its parameters
 * @param outcome how its outcomes are written
 * @param <P> the parameters
 * @param <R> the outcome
 */
public record RunnableJob<P, R>(
        Job<P, R> job, JobIdentity identity, ParameterType<P> parameters, OutcomeType<R> outcome) {

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
        return new RunnableJob<>(
                job,
                identity,
                ParameterType.of(identity.parameterType(), identity.name()),
                OutcomeType.of(identity.outcomeType(), identity.name()));
    }
}
