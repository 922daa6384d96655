package io.jobmon.core.identity;

import io.jobmon.Job;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a job was configured with, as canonical JSON. Refuses state that it does not cover. */
final class Configuration {

    private Configuration() {}

    /**
     * Reads a job's configuration.
     *
     * @param job the job
     * @param name its name, for messages
     * @param versioned whether a version stands for its code
     * @return canonical JSON, or null if there is none
     * @throws JobMonException if the job has state without a configuration, or it cannot be written as JSON
     */
    static @Nullable String of(Job<?, ?> job, String name, boolean versioned) {
        boolean told = overrides(job.getClass());
        Object code = Origin.object(job);
        if (code != job) {
            if (!versioned) {
                State.refuseCaptured(code.getClass(), name);
            }
        } else if (!told && !(job instanceof Record)) {
            State.refuse(job.getClass(), name);
        }
        try {
            Object value = ordered(told ? job.configuration() : componentsOrNull(job));
            return value == null ? null : Json.canonical(Json.tree(value, "configuration of " + name));
        } catch (JobMonException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new JobMonException(
                    "The configuration of " + name + " holds itself; return values that can be written as JSON.", e);
        } catch (Exception | LinkageError e) {
            throw new JobMonException(
                    "The configuration of " + name + " cannot be read (" + e + "); configuration() must return a value"
                            + " at any time.",
                    e);
        }
    }

    /** Sets without an order of their own come out in another order in each JVM: they are sorted. */
    private static @Nullable Object ordered(@Nullable Object value) throws Exception {
        if (value instanceof Record) {
            return ordered(components(value));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> result = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                result.put(entry.getKey(), ordered(entry.getValue()));
            }
            return result;
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> result = new ArrayList<>();
            for (Object each : collection) {
                result.add(ordered(each));
            }
            boolean inOrder =
                    !(value instanceof Set<?>) || value instanceof SortedSet<?> || value instanceof LinkedHashSet<?>;
            if (!inOrder) {
                result.sort(Comparator.comparing(
                        each -> each == null ? "null" : Json.canonical(Json.tree(each, "element of a set"))));
            }
            return result;
        }
        return value;
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

    private static @Nullable Object componentsOrNull(Job<?, ?> job) throws Exception {
        boolean any = job instanceof Record && job.getClass().getRecordComponents().length > 0;
        return any ? components(job) : null;
    }

    private static Map<String, @Nullable Object> components(Object of) throws Exception {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : of.getClass().getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            try {
                values.put(component.getName(), accessor.invoke(of));
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        return values;
    }
}
