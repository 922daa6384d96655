package io.jobmon.core.isolate;

import io.jobmon.Job;
import io.jobmon.JobMonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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

    /** What travels: a whole job; the class of a record and its components; a class. */
    private static final byte WHOLE = 'S';

    private static final byte RECORD = 'R';
    private static final byte CLASS = 'C';

    /**
     * Packs a job.
     *
     * @throws JobMonException if a child cannot make it anew
     */
    static byte[] of(Job<?, ?> job) {
        Class<?> type = job.getClass();
        if (job instanceof Serializable whole) {
            return write(WHOLE, job, whole);
        }
        if (type.isRecord()) {
            return write(RECORD, job, components(job));
        }
        if (!hasState(type)) {
            if (Arrays.stream(type.getDeclaredConstructors()).noneMatch(each -> each.getParameterCount() == 0)) {
                throw refused(job, "it has no constructor without arguments");
            }
            return write(CLASS, job, null);
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

    private static byte[] write(byte kind, Job<?, ?> job, @Nullable Object content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream head = new DataOutputStream(bytes)) {
            head.writeByte(kind);
            if (kind != WHOLE) {
                head.writeUTF(job.getClass().getName());
            }
            if (kind != CLASS) {
                try (ObjectOutputStream out = new ObjectOutputStream(head)) {
                    out.writeObject(content);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw refused(job, "it cannot be serialized (" + e + ")");
        }
        return bytes.toByteArray();
    }

    /** Makes the job anew. Java's serialization takes 40 ms to load, so what needs none has none. */
    static Job<?, ?> read(byte[] bytes) throws IOException, ReflectiveOperationException {
        DataInputStream head = new DataInputStream(new ByteArrayInputStream(bytes));
        byte kind = head.readByte();
        if (kind == WHOLE) {
            return (Job<?, ?>) object(head);
        }
        Class<?> type = Class.forName(head.readUTF(), true, JobCopy.class.getClassLoader());
        if (kind == CLASS) {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Job<?, ?>) constructor.newInstance();
        }
        Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return (Job<?, ?>) constructor.newInstance((Object[]) object(head));
    }

    private static Object object(DataInputStream from) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(from)) {
            return in.readObject();
        }
    }
}
