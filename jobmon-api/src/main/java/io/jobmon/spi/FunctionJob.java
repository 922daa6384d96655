package io.jobmon.spi;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMonException;
import java.io.Serializable;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The job that {@link Job#of} makes of a function.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 */
public final class FunctionJob<P, R> implements Job<P, R>, TypedJob, Serializable {

    private static final long serialVersionUID = 1;

    private final String name;
    private final String version;
    private final Class<P> params;
    private final Class<R> outcome;
    private final Job.Body<? super P, ? extends R> body;

    /**
     * Creates the job.
     *
     * @param name the job's name
     * @param version the version, or empty
     * @param params the type of the parameters
     * @param outcome the type of the outcome
     * @param body the function
     */
    public FunctionJob(
            String name, String version, Class<P> params, Class<R> outcome, Job.Body<? super P, ? extends R> body) {
        this.name = given(name, "name");
        this.version = given(version, "version");
        this.params = given(params, "params");
        this.outcome = given(outcome, "outcome");
        this.body = given(body, "body");
        if (name.isBlank()) {
            throw new JobMonException("Job.of: the name is blank; give the job a name.");
        }
    }

    private static <T> T given(@Nullable T value, String what) {
        if (value == null) {
            throw new JobMonException("Job.of: " + what + " is null; give one.");
        }
        return value;
    }

    @Override
    public R run(P parameters, Experiment experiment) throws Exception {
        return body.run(parameters, experiment);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Type parameterType() {
        return params;
    }

    @Override
    public Type outcomeType() {
        return outcome;
    }

    @Override
    public Object code() {
        return body;
    }
}
