package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes a tree as text. For one thread and one tree. */
final class JsonText {

    private static final int DEEPEST = 500;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder();
    private final boolean sorted;
    private int depth;

    JsonText(boolean sorted) {
        this.sorted = sorted;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    JsonText add(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof CharSequence || value instanceof Character) {
            string(value.toString());
        } else if (value instanceof Enum<?> constant) {
            string(constant.name());
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Iterable<?> list) {
            list(list);
        } else if (value.getClass().isArray()) {
            array(value);
        } else {
            throw new JobMonException("A value of type " + value.getClass().getName()
                    + " cannot stand in JSON here; use numbers, booleans, strings, lists and maps.");
        }
        return this;
    }

    private void number(Number number) {
        if (number instanceof Double value) {
            floating(value, Json.number(value));
        } else if (number instanceof Float value) {
            floating(value, Json.number(value));
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger
                || number instanceof AtomicInteger
                || number instanceof AtomicLong) {
            out.append(number);
        } else if (number instanceof BigDecimal decimal) {
            out.append(
                    decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toString());
        } else {
            throw new JobMonException("A number of type " + number.getClass().getName()
                    + " cannot stand in JSON; use int, long, double, BigInteger or BigDecimal.");
        }
    }

    private void floating(double value, String text) {
        if (Double.isFinite(value)) {
            out.append(text);
        } else {
            out.append('"').append(text).append('"');
        }
    }

    private void map(Map<?, ?> map) {
        enter('{');
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        for (Map.Entry<?, ?> entry : entries) {
            if (!(entry.getKey() instanceof String)) {
                throw new JobMonException("The key " + Refusals.show(entry.getKey())
                        + " of a map is no string; JSON has only string keys.");
            }
        }
        if (sorted) {
            entries.sort((a, b) -> ((String) a.getKey()).compareTo((String) b.getKey()));
        }
        boolean first = true;
        for (Map.Entry<?, ?> entry : entries) {
            comma(first);
            first = false;
            string((String) entry.getKey());
            out.append(':');
            add(entry.getValue());
        }
        leave('}');
    }

    private void list(Iterable<?> list) {
        enter('[');
        boolean first = true;
        for (Object element : list) {
            comma(first);
            first = false;
            add(element);
        }
        leave(']');
    }

    private void array(Object array) {
        enter('[');
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            comma(i == 0);
            add(Array.get(array, i));
        }
        leave(']');
    }

    private void enter(char bracket) {
        if (++depth > DEEPEST) {
            throw new JobMonException(
                    "A value is nested more than " + DEEPEST + " levels deep, or contains itself; make it flat.");
        }
        out.append(bracket);
    }

    private void leave(char bracket) {
        depth--;
        out.append(bracket);
    }

    private void comma(boolean first) {
        if (!first) {
            out.append(',');
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                escape(c);
            }
        }
        out.append('"');
    }

    /** Half of a surrogate pair has no UTF-8: as an escape it survives and stays distinct. */
    private void escape(char c) {
        int short1 = "\"\\\b\f\n\r\t".indexOf(c);
        if (short1 >= 0) {
            out.append('\\').append("\"\\bfnrt".charAt(short1));
        } else {
            out.append("\\u")
                    .append(HEX[c >> 12])
                    .append(HEX[c >> 8 & 15])
                    .append(HEX[c >> 4 & 15])
                    .append(HEX[c & 15]);
        }
    }
}
