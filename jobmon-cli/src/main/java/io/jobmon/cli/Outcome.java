package io.jobmon.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a stored outcome, nested ones with dots, as CSV names them. */
final class Outcome {

    private Outcome() {}

    static Map<String, Object> flat(Map<String, Object> outcome) {
        Map<String, Object> flat = new LinkedHashMap<>();
        put(flat, "", outcome);
        return flat;
    }

    private static void put(Map<String, Object> flat, String prefix, Map<?, ?> map) {
        map.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                put(flat, name + ".", inner);
            } else {
                flat.put(name, value);
            }
        });
    }

    /** A value as it stands in a cell. */
    static String cell(@Nullable Object value) {
        if (value instanceof Double number) {
            return Texts.number(number);
        }
        if (value == null) {
            return "-";
        }
        return value instanceof Map<?, ?> || value instanceof List<?> ? JsonText.of(value) : String.valueOf(value);
    }

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || value instanceof Boolean;
    }
}
