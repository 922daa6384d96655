package io.jobmon.core.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** From a value that a user or the stored specification gives to the Java value of one parameter, and back to a tree. */
abstract class Conversion {

    private final String type;

    Conversion(String type) {
        this.type = type;
    }

    /** The type as it stands in messages. */
    final String type() {
        return type;
    }

    /** Converts, or throws {@link Unfit} with the reason. */
    abstract @Nullable Object convert(@Nullable Object value);

    abstract @Nullable Object tree(@Nullable Object converted);

    /** Why a value does not fit; has no stack, the caller says where. */
    static final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unfit(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    static Object given(@Nullable Object value) {
        if (value == null) {
            throw new Unfit("a parameter is never null");
        }
        return value;
    }

    static Conversion of(JavaType type) {
        Class<?> raw = type.getRawClass();
        Conversion number = NumberConversion.of(raw);
        if (number != null) {
            return number;
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return new Plain("boolean", Boolean.class, "true or false");
        }
        if (raw == String.class) {
            return new Plain("String", String.class, "a string");
        }
        if (raw == char.class || raw == Character.class) {
            return new OfChar();
        }
        if (raw.isEnum()) {
            return new OfEnum(raw);
        }
        if (raw == Optional.class) {
            return new OfOptional(type.containedTypeOrUnknown(0));
        }
        return new StructureConversion(type);
    }

    private static final class Plain extends Conversion {

        private final Class<?> wanted;
        private final String words;

        Plain(String type, Class<?> wanted, String words) {
            super(type);
            this.wanted = wanted;
            this.words = words;
        }

        @Override
        Object convert(@Nullable Object value) {
            Object given = given(value);
            if (!wanted.isInstance(given)) {
                throw new Unfit("it is not " + words);
            }
            return given;
        }

        @Override
        @Nullable
        Object tree(@Nullable Object converted) {
            return converted;
        }
    }

    private static final class OfChar extends Conversion {

        OfChar() {
            super("char");
        }

        @Override
        Object convert(@Nullable Object value) {
            Object given = given(value);
            if (given instanceof Character) {
                return given;
            }
            if (given instanceof String text && text.length() == 1) {
                return text.charAt(0);
            }
            throw new Unfit("it is not one character");
        }

        @Override
        Object tree(@Nullable Object converted) {
            return String.valueOf(converted);
        }
    }

    private static final class OfEnum extends Conversion {

        private final Map<String, Object> constants = new LinkedHashMap<>();
        private final Class<?> raw;

        OfEnum(Class<?> raw) {
            super(raw.getSimpleName());
            this.raw = raw;
            for (Object constant : raw.getEnumConstants()) {
                constants.put(((Enum<?>) constant).name(), constant);
            }
        }

        @Override
        Object convert(@Nullable Object value) {
            Object given = given(value);
            if (raw.isInstance(given)) {
                return given;
            }
            Object constant = given instanceof String name ? constants.get(name) : null;
            if (constant == null) {
                throw new Unfit("the constants are " + String.join(", ", constants.keySet())
                        + (given instanceof String name ? Suggestion.of(name, constants.keySet()) : ""));
            }
            return constant;
        }

        @Override
        Object tree(@Nullable Object converted) {
            return converted instanceof Enum<?> constant ? constant.name() : String.valueOf(converted);
        }
    }

    private static final class OfOptional extends Conversion {

        private final Conversion inner;

        OfOptional(JavaType content) {
            super("Optional of " + Conversion.of(content).type());
            inner = Conversion.of(content);
        }

        @Override
        Object convert(@Nullable Object value) {
            Object content = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            return content == null ? Optional.empty() : Optional.ofNullable(inner.convert(content));
        }

        @Override
        @Nullable
        Object tree(@Nullable Object converted) {
            return converted instanceof Optional<?> optional && optional.isPresent()
                    ? inner.tree(optional.get())
                    : null;
        }
    }

    static BigDecimal exact(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (value instanceof Double number) {
            return new BigDecimal(Json.number(finite(number)));
        }
        if (value instanceof Float number) {
            finite(number);
            return new BigDecimal(Json.number((float) number));
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        throw new Unfit("it is not a number");
    }

    static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new Unfit("a parameter is a finite number");
        }
        return value;
    }
}
