package io.jobmon.core.codec;

import io.jobmon.core.codec.Conversion.Unfit;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.NumberInput;

/**
 * Reads compact JSON, as JobMon writes it, from bytes without making tokens. Whatever does not fit is an {@link Unfit}. For
 * one thread.
 */
final class Scan {

    private static final long EXACT = 1L << 53;
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private byte[] bytes = {};
    private int at;
    private int end;
    private char[] chars = new char[64];

    void over(byte[] buffer, int offset, int length) {
        bytes = buffer;
        at = offset;
        end = offset + length;
    }

    byte[] bytes() {
        return bytes;
    }

    int at() {
        return at;
    }

    boolean done() {
        return at >= end;
    }

    int peek() {
        return at < end ? bytes[at] : 0;
    }

    void expect(char c) {
        if (peek() != c) {
            throw new Unfit("'" + c + "' is expected where " + here() + " stands");
        }
        at++;
    }

    private String here() {
        return done() ? "the end" : '"' + new String(bytes, at, Math.min(20, end - at), StandardCharsets.UTF_8) + '"';
    }

    boolean skipNull() {
        return peek() == 'n' && skipWord("null");
    }

    private boolean skipWord(String word) {
        if (end - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    boolean bool() {
        if (skipWord("true")) {
            return true;
        }
        if (skipWord("false")) {
            return false;
        }
        throw new Unfit("true or false is expected where " + here() + " stands");
    }

    long whole(long least, long most) {
        int start = at;
        boolean minus = peek() == '-';
        if (minus) {
            at++;
        }
        long value = 0;
        int first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        if (at == first || at < end && (bytes[at] == '.' || bytes[at] == 'E' || bytes[at] == 'e')) {
            at = start;
            throw new Unfit("a whole number is expected where " + here() + " stands");
        }
        if (at - first > 18) {
            value = large(start);
        } else if (minus) {
            value = -value;
        }
        if (value < least || value > most) {
            throw new Unfit("the number " + value + " is out of range");
        }
        return value;
    }

    private long large(int start) {
        try {
            return Long.parseLong(ascii(start));
        } catch (NumberFormatException e) {
            throw new Unfit("the number " + ascii(start) + " is out of range");
        }
    }

    @SuppressWarnings("deprecation")
    private String ascii(int start) {
        return new String(bytes, 0, start, at - start);
    }

    double floating() {
        if (peek() == '"') {
            return word();
        }
        int start = at;
        boolean minus = peek() == '-';
        if (minus) {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int point = -1;
        int first = at;
        for (; at < end; at++) {
            byte b = bytes[at];
            if (b >= '0' && b <= '9') {
                if (digits < 18) {
                    mantissa = mantissa * 10 + b - '0';
                }
                digits += mantissa == 0 ? 0 : 1;
            } else if (b == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        if (at == first) {
            at = start;
            throw new Unfit("a number is expected where " + here() + " stands");
        }
        int exponent = (point < 0 ? 0 : point + 1 - at) + exponent();
        if (digits <= 18 && mantissa <= EXACT && exponent >= -22 && exponent <= 22) {
            double value = exponent < 0 ? mantissa / TENS[-exponent] : mantissa * TENS[exponent];
            return minus ? -value : value;
        }
        try {
            return NumberInput.parseDouble(ascii(start), true);
        } catch (NumberFormatException e) {
            throw new Unfit("\"" + ascii(start) + "\" is no number");
        }
    }

    private int exponent() {
        if (peek() != 'E' && peek() != 'e') {
            return 0;
        }
        at++;
        boolean minus = peek() == '-';
        if (minus || peek() == '+') {
            at++;
        }
        int value = 0;
        for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            value = Math.min(value * 10 + bytes[at] - '0', 100_000);
        }
        return minus ? -value : value;
    }

    float single() {
        if (peek() == '"') {
            return (float) word();
        }
        int start = at;
        floating();
        return Float.parseFloat(ascii(start));
    }

    private double word() {
        String text = string();
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new Unfit("a number is expected where " + Refusals.show(text) + " stands");
        };
    }

    String string() {
        expect('"');
        int start = at;
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        if (peek() == '"') {
            return ascii(start, at++);
        }
        int close = at;
        while (close < end && bytes[close] != '"') {
            close += bytes[close] == '\\' ? 2 : 1;
        }
        if (close >= end) {
            throw new Unfit("a string has no end");
        }
        String raw = new String(bytes, start, close - start, StandardCharsets.UTF_8);
        at = close + 1;
        return raw.indexOf('\\') < 0 ? raw : unescaped(raw);
    }

    @SuppressWarnings("deprecation")
    private String ascii(int start, int stop) {
        return new String(bytes, 0, start, stop - start);
    }

    private String unescaped(String raw) {
        if (chars.length < raw.length()) {
            chars = new char[raw.length() * 2];
        }
        int to = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                chars[to++] = c;
                continue;
            }
            char escape = raw.charAt(++i);
            int letter = "bfnrt".indexOf(escape);
            if (letter >= 0) {
                chars[to++] = "\b\f\n\r\t".charAt(letter);
            } else if (escape == 'u') {
                chars[to++] = unicode(raw, i + 1);
                i += 4;
            } else {
                chars[to++] = escape;
            }
        }
        return new String(chars, 0, to);
    }

    private static char unicode(String raw, int from) {
        try {
            return (char) Integer.parseInt(raw, from, from + 4, 16);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new Unfit("a string has a broken escape");
        }
    }

    /** Passes one value of any kind and returns where it begins. */
    int skip() {
        int start = at;
        int depth = 0;
        while (at < end) {
            byte b = bytes[at];
            if (b == '"') {
                skipString();
                continue;
            }
            if (b == '[' || b == '{') {
                depth++;
            } else if (depth == 0 && (b == ',' || b == ']' || b == '}')) {
                break;
            } else if (b == ']' || b == '}') {
                depth--;
            }
            at++;
        }
        if (at == start || depth > 0) {
            throw new Unfit("a value is expected where " + here() + " stands");
        }
        return start;
    }

    private void skipString() {
        at++;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at = Math.min(end, at + 1);
    }
}
