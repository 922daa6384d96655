package io.jobmon.core.codec;

import io.jobmon.core.codec.Conversion.Unfit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Reads what any type has written, as a map of names and values, without that type: by the shape that {@link Form#shape} told
 * when it was posted. Without a shape the values are numbered. Thread safety: immutable.
 */
final class StoredForm extends Form {

    static final String TAG = "tag";
    static final String RECORDS = "records";

    private final ValueCodec codec = ValueCodec.of(Types.of(Object.class));
    private final @Nullable Object shape;

    StoredForm(@Nullable Object shape) {
        this.shape = shape;
    }

    static JavaType type() {
        return Types.of(Map.class);
    }

    @Override
    List<String> components() {
        return List.of();
    }

    @Override
    @Nullable
    Object shape() {
        return shape;
    }

    @Override
    void write(Object value, Bytes out, Position position) {
        throw new Unfit("it is only read");
    }

    @Override
    Object read(Scan in, Position position) {
        List<@Nullable Object> values = new ArrayList<>();
        if (in.peek() != ']') {
            values.add(plain(codec.read(in)));
            while (in.peek() == ',') {
                in.expect(',');
                values.add(plain(codec.read(in)));
            }
        }
        if (shape instanceof List<?> names && names.size() == values.size()) {
            return named(names, values);
        }
        if (shape instanceof Map<?, ?> sealed
                && !values.isEmpty()
                && sealed.get(RECORDS) instanceof Map<?, ?> records
                && records.get(values.get(0)) instanceof List<?> names
                && names.size() == values.size() - 1) {
            List<Object> all = new ArrayList<>(names);
            all.add(0, String.valueOf(sealed.get(TAG)));
            return named(all, values);
        }
        if (values.size() == 1) {
            Object only = values.get(0);
            return only instanceof Map<?, ?> map ? map : named(List.of(ParameterType.VALUE), values);
        }
        List<String> numbered = new ArrayList<>();
        for (int i = 1; i <= values.size(); i++) {
            numbered.add(ParameterType.VALUE + i);
        }
        return named(numbered, values);
    }

    private static Map<String, @Nullable Object> named(List<?> names, List<@Nullable Object> values) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(String.valueOf(names.get(i)), values.get(i));
        }
        return map;
    }

    /** Numbers that JSON does not have are stored as strings. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> text;
        };
    }
}
