package io.jobmon.core.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads where the type says Object: whole numbers as Long, and the strings that stand for NaN and infinities as doubles. */
final class Untyped extends StdDeserializer<Object> {

    Untyped() {
        super(Object.class);
    }

    @Override
    public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
        return numbers(JsonTree.read(in));
    }

    static @Nullable Object numbers(@Nullable Object tree) {
        if (tree instanceof String text) {
            return switch (text) {
                case "NaN" -> (Object) Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> text;
            };
        }
        if (tree instanceof Map<?, ?> map) {
            replace(map);
        } else if (tree instanceof List<?> list) {
            replace(list);
        }
        return tree;
    }

    @SuppressWarnings("unchecked")
    private static void replace(Map<?, ?> map) {
        ((Map<Object, @Nullable Object>) map).replaceAll((key, value) -> numbers(value));
    }

    @SuppressWarnings("unchecked")
    private static void replace(List<?> list) {
        ((List<@Nullable Object>) list).replaceAll(Untyped::numbers);
    }
}
