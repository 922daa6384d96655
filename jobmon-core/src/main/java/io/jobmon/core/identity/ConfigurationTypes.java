package io.jobmon.core.identity;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's classes in a configuration that JSON does not show: two implementations of an interface with like components are
 * written alike. Looks into maps, collections, arrays and records.
 */
final class ConfigurationTypes {

    private ConfigurationTypes() {}

    /**
     * Names the classes.
     *
     * @param value a value that can be written as JSON, so it does not hold itself
     * @param declared the class that its holder declares it as
     * @return the classes' names with their places; empty if JSON tells all
     */
    static String of(@Nullable Object value, Class<?> declared) {
        if (value == null) {
            return "";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach((key, each) -> parts.add(part(String.valueOf(key), of(each, Object.class))));
            Collections.sort(parts);
            return String.join("", parts);
        }
        if (value instanceof Collection<?> collection) {
            List<String> parts = new ArrayList<>();
            int place = 0;
            for (Object each : collection) {
                parts.add(part(value instanceof Set<?> ? "" : "" + place++, of(each, Object.class)));
            }
            Collections.sort(parts);
            return String.join("", parts);
        }
        if (value.getClass().isArray()) {
            return ofArray(value);
        }
        String own = value.getClass() == declared || isJdk(value.getClass())
                ? ""
                : value.getClass().getName();
        return value instanceof Record ? own + ofComponents(value) : own;
    }

    private static String ofArray(Object array) {
        Class<?> element = array.getClass().getComponentType();
        StringBuilder parts = new StringBuilder();
        if (!element.isPrimitive()) {
            for (int i = 0; i < Array.getLength(array); i++) {
                parts.append(part("" + i, of(Array.get(array, i), element)));
            }
        }
        return parts.toString();
    }

    private static String ofComponents(Object record) {
        StringBuilder parts = new StringBuilder();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (!component.getType().isPrimitive()) {
                parts.append(part(component.getName(), of(read(component.getAccessor(), record), component.getType())));
            }
        }
        return parts.toString();
    }

    private static @Nullable Object read(Method accessor, Object record) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            // Then Jackson has refused it, or left it out on request.
            return null;
        }
    }

    private static String part(String place, String types) {
        return types.isEmpty() ? "" : place.length() + ":" + place + "(" + types + ")";
    }

    private static boolean isJdk(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
