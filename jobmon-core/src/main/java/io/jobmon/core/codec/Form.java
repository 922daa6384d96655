package io.jobmon.core.codec;

import io.jobmon.core.codec.Conversion.Unfit;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** How the values of an outcome type become a positional list, and back. Thread safety: immutable. */
abstract class Form {

    /** Where in the value the work is, for messages. For one thread. */
    static final class Position {
        String component = "";
    }

    abstract List<String> components();

    /** What {@link StoredForm} needs to read what this writes: a list of names, one for each value; null of a single value. */
    @Nullable
    Object shape() {
        return components();
    }

    /** Writes the inside of the list. */
    abstract void write(Object value, Bytes out, Position position) throws Throwable;

    /** Reads the inside of the list. */
    abstract @Nullable Object read(Scan in, Position position) throws Throwable;

    static Form of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw.isRecord()) {
            return new OfRecord(type);
        }
        return raw.isSealed() && raw.isInterface() ? new OfSealed(type) : new OfOne(type);
    }

    private static final class OfRecord extends Form {

        private final Class<?> raw;
        private final Slot[] slots;
        private final MethodHandle spreader;

        OfRecord(JavaType type) {
            raw = type.getRawClass();
            slots = Member.of(type).stream().map(Slot::of).toArray(Slot[]::new);
            spreader = Member.spreader(raw, IntStream.range(0, slots.length).toArray());
        }

        @Override
        List<String> components() {
            List<String> names = new ArrayList<>();
            for (Slot slot : slots) {
                names.add(slot.name());
            }
            return names;
        }

        @Override
        void write(Object value, Bytes out, Position position) throws Throwable {
            if (!raw.isInstance(value)) {
                throw new Unfit("it is a " + value.getClass().getName() + ", not a " + raw.getName());
            }
            for (int i = 0; i < slots.length; i++) {
                position.component = slots[i].name();
                if (i > 0) {
                    out.write(',');
                }
                slots[i].write(value, out);
            }
            position.component = "";
        }

        @Override
        Object read(Scan in, Position position) throws Throwable {
            @Nullable Object[] values = new @Nullable Object[slots.length];
            for (int i = 0; i < slots.length; i++) {
                position.component = slots[i].name();
                if (i > 0) {
                    in.expect(',');
                }
                values[i] = slots[i].read(in);
            }
            position.component = "";
            return (Object) spreader.invokeExact((Object[]) values);
        }
    }

    private static final class OfSealed extends Form {

        private final String tag;
        private final Map<String, OfRecord> byName = new LinkedHashMap<>();
        private final Map<Class<?>, String> names = new LinkedHashMap<>();

        OfSealed(JavaType type) {
            SealedRecords records = SealedRecords.of(type.getRawClass());
            tag = records.tag();
            records.byName().forEach((name, raw) -> {
                names.put(raw, name);
                byName.put(name, new OfRecord(Types.specialised(type, raw)));
            });
        }

        @Override
        List<String> components() {
            Set<String> all = new LinkedHashSet<>();
            all.add(tag);
            byName.values().forEach(form -> all.addAll(form.components()));
            return List.copyOf(all);
        }

        @Override
        Object shape() {
            Map<String, Object> records = new LinkedHashMap<>();
            byName.forEach((name, form) -> records.put(name, form.components()));
            return Map.of(StoredForm.TAG, tag, StoredForm.RECORDS, records);
        }

        @Override
        void write(Object value, Bytes out, Position position) throws Throwable {
            String name = names.get(value.getClass());
            if (name == null) {
                throw new Unfit(
                        "it is a " + value.getClass().getName() + ", none of " + String.join(", ", byName.keySet()));
            }
            out.string(name);
            OfRecord form = Objects.requireNonNull(byName.get(name));
            if (form.slots.length > 0) {
                out.write(',');
            }
            form.write(value, out, position);
        }

        @Override
        Object read(Scan in, Position position) throws Throwable {
            position.component = tag;
            String name = in.string();
            OfRecord form = byName.get(name);
            if (form == null) {
                throw new Unfit(Refusals.show(name) + " is none of " + String.join(", ", byName.keySet()));
            }
            if (form.slots.length > 0) {
                in.expect(',');
            }
            return form.read(in, position);
        }
    }

    private static final class OfOne extends Form {

        private final ValueCodec codec;

        OfOne(JavaType type) {
            codec = ValueCodec.of(type);
        }

        @Override
        List<String> components() {
            return List.of(ParameterType.VALUE);
        }

        @Override
        @Nullable
        Object shape() {
            return null;
        }

        @Override
        void write(Object value, Bytes out, Position position) {
            codec.write(value, out);
        }

        @Override
        @Nullable
        Object read(Scan in, Position position) {
            return codec.read(in);
        }
    }
}
