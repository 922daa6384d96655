package io.jobmon.core.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jobmon.JobMonException;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JavaType;

/** Refuses types that could be written but never be read back, before anything runs. */
final class Readability {

    private final String job;
    private final Set<JavaType> seen = new HashSet<>();

    private Readability(String job) {
        this.job = job;
    }

    static void check(JavaType type, String job) {
        new Readability(job).visit("", type);
    }

    private void visit(String path, JavaType type) {
        Class<?> raw = type.getRawClass();
        if (!seen.add(type) || raw.isPrimitive() || raw.isEnum()) {
            return;
        }
        if (type.isContainerType()) {
            if (type.getKeyType() != null) {
                visit(path + "{}", type.getKeyType());
            }
            visit(path + "[]", type.getContentType());
        } else if (type.isReferenceType()) {
            visit(path, type.getReferencedType());
        } else if (raw.isRecord()) {
            Member.of(type)
                    .forEach(member ->
                            visit(path.isEmpty() ? member.name() : path + "." + member.name(), member.type()));
        } else if (raw.isSealed() && raw.isInterface() && SealedRecords.fits(raw)) {
            SealedRecords.of(raw).byName().values().forEach(record -> visit(path, Types.specialised(type, record)));
        } else if (Modifier.isAbstract(raw.getModifiers())
                && !raw.getName().startsWith("java.")
                && !raw.isAnnotationPresent(JsonTypeInfo.class)) {
            throw new JobMonException("The outcome of " + job + " has at '" + path + "' the type " + raw.getName()
                    + ", of which nobody can tell which class to read back; make it a record, or a sealed interface that"
                    + " permits only records.");
        }
    }
}
