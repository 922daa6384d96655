package io.jobmon.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as it is defined in RFC 8259, and nothing else. Maps, lists, strings, whole numbers as {@code Long} and others as
 * {@code Double}, booleans, null. Of names that come twice, the last counts.
 */
final class Json {

    private static final int DEEPEST = 100;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Says that a text is no JSON. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String what, int at) {
            super(what + " at character " + at);
        }
    }

    static @Nullable Object read(String text) throws Malformed {
        Json json = new Json(text);
        @Nullable Object value = json.value(0);
        json.next();
        if (json.at < text.length()) {
            throw json.malformed("more after the end");
        }
        return value;
    }

    private Malformed malformed(String what) {
        return new Malformed(what, at);
    }

    /** The next character that is no white space, which stays where it is; 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char wanted) {
        boolean found = next() == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void need(char wanted) throws Malformed {
        if (!skip(wanted)) {
            throw malformed("no " + wanted);
        }
    }

    private @Nullable Object value(int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw malformed("too deep");
        }
        return switch (next()) {
            case '{' -> object(depth + 1);
            case '[' -> list(depth + 1);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws Malformed {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        need('{');
        if (skip('}')) {
            return object;
        }
        do {
            if (next() != '"') {
                throw malformed("no name");
            }
            String name = string();
            need(':');
            object.put(name, value(depth));
        } while (skip(','));
        need('}');
        return object;
    }

    private List<@Nullable Object> list(int depth) throws Malformed {
        List<@Nullable Object> list = new ArrayList<>();
        need('[');
        if (skip(']')) {
            return list;
        }
        do {
            list.add(value(depth));
        } while (skip(','));
        need(']');
        return list;
    }

    private String string() throws Malformed {
        StringBuilder string = new StringBuilder();
        need('"');
        while (at < text.length() && text.charAt(at) >= ' ') {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escape() : c);
        }
        throw malformed("a string without end");
    }

    private char escape() throws Malformed {
        char c = at < text.length() ? text.charAt(at++) : 0;
        if (c == 'u' && at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9A-Fa-f]{4}")) {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (c == 0 || known < 0) {
            throw malformed("an unknown escape");
        }
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private @Nullable Object word(String word, @Nullable Object value) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw malformed("no value");
        }
        at += word.length();
        return value;
    }

    private Object number() throws Malformed {
        int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(from, at);
        if (!number.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw malformed("no value");
        }
        try {
            return Long.valueOf(number);
        } catch (NumberFormatException e) {
            return Double.valueOf(number);
        }
    }
}
