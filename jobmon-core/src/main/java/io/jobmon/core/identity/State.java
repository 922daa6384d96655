package io.jobmon.core.identity;

import io.jobmon.JobMonException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses instance fields that no configuration covers. */
final class State {

    private State() {}

    static void refuse(Class<?> type, String name) {
        List<Field> fields = state(type);
        if (fields.isEmpty()) {
            return;
        }
        List<String> own = fields.stream()
                .filter(field -> !field.isSynthetic())
                .map(Field::getName)
                .toList();
        String remedy =
                "override configuration() to return what outcomes depend on (or make the job a record), and mark"
                        + " fields that outcomes do not depend on as transient.";
        if (!own.isEmpty()) {
            throw new JobMonException(
                    name + " has state (" + String.join(", ", own) + ") that is not part of its identity; " + remedy);
        }
        List<String> captured = fields.stream()
                .map(Field::getName)
                .filter(field -> field.startsWith("val$"))
                .map(field -> field.substring("val$".length()))
                .toList();
        throw new JobMonException(name
                + (captured.isEmpty()
                        ? " is an inner class and holds the instance around it; make it a static nested class, or "
                        : " captures variables (" + String.join(", ", captured)
                                + ") that are not part of its identity; make it a static nested class with fields of"
                                + " its own and ")
                + remedy);
    }

    static void refuseCaptured(Class<?> type, String name, String versioned) {
        List<Field> fields = state(type);
        if (fields.isEmpty()) {
            return;
        }
        String what = Origin.isLambda(type)
                ? "captures " + fields.size() + (fields.size() == 1 ? " variable" : " variables") + " of type "
                        + fields.stream()
                                .map(field -> field.getType().getSimpleName())
                                .collect(Collectors.joining(", "))
                : "has state (" + fields.stream().map(Field::getName).collect(Collectors.joining(", ")) + ")";
        throw new JobMonException("The function of " + name + " " + what
                + " that is not part of the job's identity; give " + versioned
                + " a version that covers it, or write a class that"
                + " implements Job and overrides configuration().");
    }

    private static List<Field> state(Class<?> type) {
        List<Field> state = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (each == Enum.class) {
                // Its name is the job's name.
                continue;
            }
            for (Field field : each.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    state.add(field);
                }
            }
        }
        return state;
    }
}
