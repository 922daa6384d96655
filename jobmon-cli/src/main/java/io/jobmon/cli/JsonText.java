package io.jobmon.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON out of maps, collections, arrays, numbers, booleans, enums and texts. Times are ISO 8601, durations seconds; a number
 * that JSON does not have is a string.
 */
final class JsonText {

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(@Nullable Object tree) {
        return new JsonText().add(tree).text.toString();
    }

    private JsonText add(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            text.append(Double.isFinite(number) ? value.toString() : '"' + value.toString() + '"');
        } else if (value instanceof Number) {
            text.append(value);
        } else if (value instanceof Optional<?> optional) {
            add(optional.orElse(null));
        } else if (value instanceof Duration time) {
            add(time.toMillis() / 1000.0);
        } else if (value instanceof Instant instant) {
            quote(instant.toString());
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Collection<?> values) {
            list(values);
        } else {
            quote(value instanceof Enum<?> constant ? constant.name() : value.toString());
        }
        return this;
    }

    private void object(Map<?, ?> map) {
        text.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(comma);
            quote(String.valueOf(entry.getKey()));
            text.append(':');
            add(entry.getValue());
            comma = ",";
        }
        text.append('}');
    }

    private void list(Collection<?> values) {
        text.append('[');
        String comma = "";
        for (Object value : values) {
            text.append(comma);
            add(value);
            comma = ",";
        }
        text.append(']');
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
