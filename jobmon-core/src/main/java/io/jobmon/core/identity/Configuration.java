package io.jobmon.core.identity;

import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a job was configured with. Refuses state that it does not cover.
 *
 * @param json canonical JSON, or null if there is none
 * @param types the user's classes in it that JSON does not show, or null if there are none
 */
record Configuration(@Nullable String json, @Nullable String types) {

    private static final Configuration NONE = new Configuration(null, null);

    /**
     * Reads a job's configuration.
     *
     * @param job the job
     * @param name its name, for messages
     * @param versioned whether a version stands for its code
     * @return the configuration
     * @throws JobMonException if the job has state without a configuration, or it cannot be written as JSON
     */
    static Configuration of(Job<?, ?> job, String name, boolean versioned) {
        boolean told = overrides(job.getClass());
        Object code = Origin.object(job);
        if (code != job) {
            if (!versioned) {
                State.refuseCaptured(code.getClass(), name, "Job.of");
            }
        } else if (!told && !(job instanceof Record)) {
            State.refuse(job.getClass(), name);
        }
        Object value = told ? tell(job, name) : componentsOf(job);
        if (value == null) {
            return NONE;
        }
        String json = Json.canonical(Json.tree(value, "configuration of " + name));
        String types = ConfigurationTypes.of(value, value == job ? job.getClass() : Object.class);
        return new Configuration(json, types.isEmpty() ? null : types);
    }

    private static @Nullable Object tell(Job<?, ?> job, String name) {
        try {
            return job.configuration();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw new JobMonException(
                    "The configuration of " + name + " cannot be read (" + e + "); configuration() must return a value"
                            + " at any time.",
                    e);
        }
    }

    /** A record is written as its components. */
    private static @Nullable Object componentsOf(Job<?, ?> job) {
        return job instanceof Record && job.getClass().getRecordComponents().length > 0 ? job : null;
    }

    private static boolean overrides(Class<?> type) {
        try {
            Method method = type.getMethod("configuration");
            // A record's component of that name is not all of its state.
            return method.getDeclaringClass() != Job.class
                    && !(type.isRecord()
                            && Arrays.stream(type.getRecordComponents())
                                    .map(RecordComponent::getAccessor)
                                    .anyMatch(method::equals));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Every job has configuration().", e);
        }
    }
}
