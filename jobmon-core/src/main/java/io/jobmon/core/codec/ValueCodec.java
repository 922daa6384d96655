package io.jobmon.core.codec;

import io.jobmon.core.codec.Conversion.Unfit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Writes and reads the values of one type. Thread safety: immutable. */
abstract class ValueCodec {

    private static final int LONGEST_LONG = 20;

    abstract void write(Object value, Bytes out);

    abstract @Nullable Object read(Scan in);

    final void writeNullable(@Nullable Object value, Bytes out) {
        if (value == null) {
            out.ascii("null");
        } else {
            write(value, out);
        }
    }

    static ValueCodec of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == double.class || raw == Double.class) {
            return new OfDouble(raw.isPrimitive());
        }
        if (raw == float.class || raw == Float.class) {
            return new OfFloat(raw.isPrimitive());
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return new OfBoolean(raw.isPrimitive());
        }
        ValueCodec whole = OfWhole.of(raw);
        if (whole != null) {
            return whole;
        }
        if (raw == String.class) {
            return new OfString();
        }
        return raw.isEnum() ? new OfEnum(raw) : new ByJackson(type);
    }

    static void whole(long value, Bytes out) {
        byte[] to = out.room(LONGEST_LONG);
        out.sizeIs(NumberOutput.outputLong(value, to, out.size()));
    }

    static void floating(double value, Bytes out) {
        if (Double.isFinite(value)) {
            byte[] to = out.room(NumberOutput.MAX_DOUBLE_BYTES);
            out.sizeIs(NumberOutput.outputDouble(value, to, out.size()));
        } else {
            out.string(Json.number(value));
        }
    }

    static void floating(float value, Bytes out) {
        if (Float.isFinite(value)) {
            byte[] to = out.room(NumberOutput.MAX_FLOAT_BYTES);
            out.sizeIs(NumberOutput.outputFloat(value, to, out.size()));
        } else {
            out.string(Json.number(value));
        }
    }

    static void bool(boolean value, Bytes out) {
        out.ascii(value ? "true" : "false");
    }

    private static final class OfDouble extends ValueCodec {

        private final boolean primitive;

        OfDouble(boolean primitive) {
            this.primitive = primitive;
        }

        @Override
        void write(Object value, Bytes out) {
            floating((double) value, out);
        }

        @Override
        @Nullable
        Object read(Scan in) {
            return !primitive && in.skipNull() ? null : (Object) in.floating();
        }
    }

    private static final class OfFloat extends ValueCodec {

        private final boolean primitive;

        OfFloat(boolean primitive) {
            this.primitive = primitive;
        }

        @Override
        void write(Object value, Bytes out) {
            floating((float) value, out);
        }

        @Override
        @Nullable
        Object read(Scan in) {
            return !primitive && in.skipNull() ? null : (Object) in.single();
        }
    }

    private static final class OfBoolean extends ValueCodec {

        private final boolean primitive;

        OfBoolean(boolean primitive) {
            this.primitive = primitive;
        }

        @Override
        void write(Object value, Bytes out) {
            bool((boolean) value, out);
        }

        @Override
        @Nullable
        Object read(Scan in) {
            return !primitive && in.skipNull() ? null : (Object) in.bool();
        }
    }

    private static final class OfWhole extends ValueCodec {

        private interface Narrowing {
            Object of(long value);
        }

        private final boolean primitive;
        private final long least;
        private final long most;
        private final Narrowing narrowing;

        private OfWhole(boolean primitive, long least, long most, Narrowing narrowing) {
            this.primitive = primitive;
            this.least = least;
            this.most = most;
            this.narrowing = narrowing;
        }

        static @Nullable ValueCodec of(Class<?> raw) {
            boolean primitive = raw.isPrimitive();
            if (raw == long.class || raw == Long.class) {
                return new OfWhole(primitive, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
            }
            if (raw == int.class || raw == Integer.class) {
                return new OfWhole(primitive, Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value);
            }
            if (raw == short.class || raw == Short.class) {
                return new OfWhole(primitive, Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) value);
            }
            if (raw == byte.class || raw == Byte.class) {
                return new OfWhole(primitive, Byte.MIN_VALUE, Byte.MAX_VALUE, value -> (byte) value);
            }
            return null;
        }

        @Override
        void write(Object value, Bytes out) {
            whole(((Number) value).longValue(), out);
        }

        @Override
        @Nullable
        Object read(Scan in) {
            return !primitive && in.skipNull() ? null : narrowing.of(in.whole(least, most));
        }
    }

    private static final class OfString extends ValueCodec {

        @Override
        void write(Object value, Bytes out) {
            out.string((String) value);
        }

        @Override
        @Nullable
        Object read(Scan in) {
            return in.skipNull() ? null : in.string();
        }
    }

    private static final class OfEnum extends ValueCodec {

        private final Map<String, Object> constants = new LinkedHashMap<>();

        OfEnum(Class<?> raw) {
            for (Object constant : raw.getEnumConstants()) {
                constants.put(((Enum<?>) constant).name(), constant);
            }
        }

        @Override
        void write(Object value, Bytes out) {
            out.string(((Enum<?>) value).name());
        }

        @Override
        @Nullable
        Object read(Scan in) {
            if (in.skipNull()) {
                return null;
            }
            String name = in.string();
            Object constant = constants.get(name);
            if (constant == null) {
                throw new Unfit(Refusals.show(name) + " is none of " + String.join(", ", constants.keySet()));
            }
            return constant;
        }
    }

    private static final class ByJackson extends ValueCodec {

        private final ObjectWriter writer;
        private final ObjectReader reader;

        ByJackson(JavaType type) {
            writer = Mappers.STRICT.writerFor(type);
            reader = Mappers.STRICT.readerFor(type);
        }

        @Override
        void write(Object value, Bytes out) {
            writer.writeValue(out, value);
        }

        @Override
        @Nullable
        Object read(Scan in) {
            int start = in.skip();
            return reader.readValue(in.bytes(), start, in.at() - start);
        }
    }
}
