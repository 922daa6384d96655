package io.jobmon.core.isolate;

import io.jobmon.Job;
import io.jobmon.JobMonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way into a child JVM: over the child's standard input, which its parent alone can write to. Never over a
 * socket, never from Redis.
 */
final class JobCopy {

    private JobCopy() {}

    /** What travels: a whole job, or its class and the components of a record. */
    private record Parcel(@Nullable Serializable job, Class<?> type, Object @Nullable [] components)
            implements Serializable {}

    /**
     * Packs a job.
     *
     * @throws JobMonException if a child cannot make it anew
     */
    static byte[] of(Job<?, ?> job) {
        Class<?> type = job.getClass();
        if (job instanceof Serializable whole) {
            return write(new Parcel(whole, Job.class, null), job);
        }
        if (type.isRecord()) {
            return write(new Parcel(null, type, components(job)), job);
        }
        if (!hasState(type)) {
            if (Arrays.stream(type.getDeclaredConstructors()).noneMatch(each -> each.getParameterCount() == 0)) {
                throw refused(job, "it has no constructor without arguments");
            }
            return write(new Parcel(null, type, null), job);
        }
        throw refused(job, "it has fields");
    }

    private static JobMonException refused(Job<?, ?> job, String why) {
        return new JobMonException(job.name() + " cannot be made anew in a child JVM (Isolation.PROCESS): " + why
                + ". Make it a record, a class without fields that has a constructor without arguments, or let it implement"
                + " java.io.Serializable.");
    }

    private static boolean hasState(Class<?> type) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Object[] components(Job<?, ?> job) {
        RecordComponent[] parts = job.getClass().getRecordComponents();
        Object[] values = new Object[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                parts[i].getAccessor().setAccessible(true);
                values[i] = parts[i].getAccessor().invoke(job);
            }
            return values;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw refused(job, "its components cannot be read (" + e + ")");
        }
    }

    private static byte[] write(Parcel parcel, Job<?, ?> job) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(parcel);
        } catch (IOException | RuntimeException e) {
            throw refused(job, "it cannot be serialized (" + e + ")");
        }
        return bytes.toByteArray();
    }

    /** Makes the job anew. */
    static Job<?, ?> read(byte[] bytes) throws IOException, ReflectiveOperationException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            Parcel parcel = (Parcel) in.readObject();
            if (parcel.job != null) {
                return (Job<?, ?>) parcel.job;
            }
            Object @Nullable [] values = parcel.components;
            Constructor<?> constructor = values == null
                    ? parcel.type.getDeclaredConstructor()
                    : parcel.type.getDeclaredConstructor(Arrays.stream(parcel.type.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return (Job<?, ?>) (values == null ? constructor.newInstance() : constructor.newInstance(values));
        }
    }
}
