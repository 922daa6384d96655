package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** The fields of an outcome type, flattened: what stands in the columns of a table. Thread safety: immutable. */
final class Fields {

    /** A field: how to get at it, and what it is. */
    private record Field(String name, JavaType type, UnaryOperator<@Nullable Object> get, Text text) {}

    private interface Text {
        String of(Object value);
    }

    private final String job;
    private final JavaType type;
    private final Map<String, Field> byName = new LinkedHashMap<>();

    Fields(String job, JavaType type) {
        this.job = job;
        this.type = type;
        if (type.isTypeOrSubTypeOf(Map.class)) {
            return;
        }
        flatten("", type, value -> value, new ArrayList<>());
    }

    static boolean isBean(JavaType type) {
        Class<?> raw = type.getRawClass();
        return !raw.isRecord()
                && !raw.isInterface()
                && !raw.isArray()
                && !raw.isPrimitive()
                && !raw.isEnum()
                && !raw.getName().startsWith("java.")
                && !Map.class.isAssignableFrom(raw)
                && !Collection.class.isAssignableFrom(raw)
                && Member.constructor(raw) != null
                && !Member.of(type).isEmpty();
    }

    /** A type within itself is not flattened again: it is JSON from there on. */
    private void flatten(String prefix, JavaType now, UnaryOperator<@Nullable Object> get, List<Class<?>> around) {
        Class<?> raw = now.getRawClass();
        if (around.contains(raw)) {
            leaf(prefix, now, get);
            return;
        }
        around.add(raw);
        if (raw.isRecord() || isBean(now)) {
            for (Member member : Member.of(now)) {
                flatten(joined(prefix, member.name()), member.type(), then(get, raw, member), around);
            }
        } else if (raw.isSealed() && raw.isInterface() && SealedRecords.fits(raw)) {
            SealedRecords records = SealedRecords.of(raw);
            JavaType text = Types.of(String.class);
            leaf(joined(prefix, records.tag()), text, value -> {
                Object owner = get.apply(value);
                return owner == null ? null : owner.getClass().getSimpleName();
            });
            records.byName()
                    .values()
                    .forEach(permitted -> flatten(prefix, Types.specialised(now, permitted), get, around));
        } else {
            leaf(prefix.isEmpty() ? ParameterType.VALUE : prefix, now, get);
        }
        around.remove(around.size() - 1);
    }

    private static String joined(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    private static UnaryOperator<@Nullable Object> then(
            UnaryOperator<@Nullable Object> get, Class<?> owner, Member member) {
        MethodHandle getter = member.getter().asType(MethodType.methodType(Object.class, Object.class));
        return value -> {
            Object inner = get.apply(value);
            if (!owner.isInstance(inner)) {
                return null;
            }
            try {
                return (Object) getter.invokeExact(inner);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new JobMonException("The component '" + member.name() + "' cannot be read: " + e, e);
            }
        };
    }

    private void leaf(String name, JavaType leaf, UnaryOperator<@Nullable Object> get) {
        Field field = new Field(name, leaf, get, text(leaf));
        Field other = byName.get(name);
        byName.put(name, other == null ? field : merged(other, field));
    }

    /** Records of a sealed interface share a column where they share a name; a value has only one of them. */
    private static Field merged(Field first, Field second) {
        UnaryOperator<@Nullable Object> get = value -> {
            Object found = first.get().apply(value);
            return found == null ? second.get().apply(value) : found;
        };
        boolean same = first.type().equals(second.type());
        JavaType any = Types.of(Object.class);
        return new Field(first.name(), same ? first.type() : any, get, same ? first.text() : text(any));
    }

    private static Text text(JavaType leaf) {
        return value -> {
            String json = Mappers.STRICT.writerFor(leaf).writeValueAsString(value);
            return json.startsWith("\"") ? String.valueOf(Json.parse(json)) : json;
        };
    }

    private static String cell(@Nullable Object value, Text text) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            return Json.number(number);
        }
        if (value instanceof Float number) {
            return Json.number((float) number);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof BigDecimal decimal) {
            return Decimals.normal(decimal).toString();
        }
        if (value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character) {
            return value.toString();
        }
        return value instanceof Optional<?> optional ? cell(optional.orElse(null), text) : text.of(value);
    }

    <R> List<Column<R>> columns() {
        List<Column<R>> columns = new ArrayList<>();
        byName.values()
                .forEach(field -> columns.add(
                        new Column<>(field.name(), value -> cell(field.get().apply(value), field.text()))));
        return columns;
    }

    Map<String, String> cells(@Nullable Object value) {
        Map<String, String> cells = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map && byName.isEmpty()) {
            Text text = text(type.getContentType());
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(key(key), cell(each, text)));
            return sorted;
        }
        byName.values()
                .forEach(field -> cells.put(field.name(), cell(field.get().apply(value), field.text())));
        return cells;
    }

    private static String key(@Nullable Object key) {
        return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
    }

    <R> ToDoubleFunction<R> numeric(String name) {
        if (byName.isEmpty() && type.isTypeOrSubTypeOf(Map.class)) {
            return value -> number(name, inMap((Map<?, ?>) value, name, name));
        }
        Field field = byName.get(name);
        if (field == null) {
            throw unknown(name, byName.keySet());
        }
        JavaType content =
                field.type().hasRawClass(Optional.class) ? field.type().containedTypeOrUnknown(0) : field.type();
        Class<?> raw = content.getRawClass();
        boolean numeric = Number.class.isAssignableFrom(raw)
                || raw == Boolean.class
                || raw.isPrimitive() && raw != char.class
                || raw == Object.class;
        if (!numeric) {
            throw noNumber(name, "is of type " + raw.getSimpleName());
        }
        return value -> number(name, field.get().apply(value));
    }

    private @Nullable Object inMap(Map<?, ?> map, String path, String whole) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (key(entry.getKey()).equals(path)) {
                return entry.getValue();
            }
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String head = key(entry.getKey()) + ".";
            if (path.startsWith(head) && entry.getValue() instanceof Map<?, ?> inner) {
                return inMap(inner, path.substring(head.length()), whole);
            }
        }
        throw unknown(whole, map.keySet().stream().map(Fields::key).toList());
    }

    private double number(String name, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value == null) {
            return Double.NaN;
        }
        if (value instanceof Optional<?> optional) {
            return number(name, optional.orElse(null));
        }
        throw noNumber(name, "holds " + Refusals.show(value));
    }

    private JobMonException unknown(String name, Collection<String> names) {
        return new JobMonException("The outcome of " + job + " has no field '" + name + "'; it has "
                + (names.isEmpty() ? "none" : String.join(", ", names)) + Suggestion.of(name, names) + ".");
    }

    private JobMonException noNumber(String name, String is) {
        return new JobMonException("The field '" + name + "' of the outcome of " + job + " " + is
                + ", not a number or a boolean; take another field.");
    }
}
