package io.jobmon.cli;

import io.jobmon.Axis;
import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a parameter as they are typed: {@code 0.1..2.0/20}, {@code 1..5}, {@code 0..1:0.1}, {@code log(1e-3,1,7)},
 * {@code 0.1,0.2}, {@code low,high}, {@code '007'}.
 */
final class ValueText {

    private static final String NUMBER = "-?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?";
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");
    private static final Pattern FLOATING =
            Pattern.compile("-?((0|[1-9]\\d*)\\.\\d*|\\.\\d+|(0|[1-9]\\d*))([eE][-+]?\\d+)?");
    private static final Pattern RANGE =
            Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")(?:([/:])(" + NUMBER + "))?");
    private static final Pattern LOG =
            Pattern.compile("log\\(\\s*(" + NUMBER + ")\\s*,\\s*(" + NUMBER + ")\\s*,\\s*(\\d+)\\s*\\)");

    private final String name;
    private final String text;

    private ValueText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static Axis axis(String name, String text) {
        try {
            return new ValueText(name, text).axis();
        } catch (JobMonException e) {
            throw new UsageException(name + "=" + text + ": " + e.getMessage());
        }
    }

    /** One value. */
    static Object single(String name, String text) {
        Axis axis = axis(name, text);
        if (axis.size() != 1) {
            throw new UsageException(name + "=" + text + " are " + axis.size() + " values; give one.");
        }
        return axis.value(0);
    }

    private Axis axis() {
        List<String> parts = parts();
        if (parts.size() == 1) {
            return one(parts.get(0));
        }
        List<Object> values = new ArrayList<>();
        for (String part : parts) {
            Axis axis = one(part);
            for (int i = 0; i < axis.size(); i++) {
                values.add(axis.value(i));
            }
        }
        return Axis.of(values);
    }

    private Axis one(String part) {
        Matcher range = RANGE.matcher(part);
        if (range.matches()) {
            return range(range);
        }
        Matcher log = LOG.matcher(part);
        if (log.matches()) {
            return Axis.logspace(
                    Double.parseDouble(log.group(1)), Double.parseDouble(log.group(2)), count(log.group(3)));
        }
        if (part.startsWith("log(") || part.matches(NUMBER + "\\.\\..*")) {
            throw refused("'" + part + "' is no range; write such as 0.1..2.0/20, 1..5, 0..1:0.1 or log(1e-3,1,7),"
                    + " and put a text that looks like one in quotes");
        }
        return Axis.of(List.of(single(part)));
    }

    private Axis range(Matcher range) {
        String from = range.group(1);
        String to = range.group(2);
        String step = range.group(4);
        if ("/".equals(range.group(3))) {
            return Axis.linspace(Double.parseDouble(from), Double.parseDouble(to), count(step));
        }
        boolean whole = WHOLE.matcher(from).matches() && WHOLE.matcher(to).matches();
        if (step == null) {
            if (!whole) {
                throw refused("how many values, or which step? Write " + text + "/11 or " + text + ":0.1");
            }
            return Axis.range(whole(from), whole(to), whole(from) <= whole(to) ? 1 : -1);
        }
        return whole && WHOLE.matcher(step).matches()
                ? Axis.range(whole(from), whole(to), whole(step))
                : Axis.range(Double.parseDouble(from), Double.parseDouble(to), Double.parseDouble(step));
    }

    private int count(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw refused("'" + digits + "' is no number of values; give a whole number");
        }
    }

    private long whole(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw refused(digits + " is beyond 64 bits; put it in quotes to pass it as a text");
        }
    }

    private Object single(String part) {
        if (part.isEmpty()) {
            throw refused("a value is missing; for the empty text write \"''\"");
        }
        char first = part.charAt(0);
        if (first == '\'' || first == '"') {
            return part.substring(1, part.length() - 1);
        }
        if (WHOLE.matcher(part).matches()) {
            return whole(part);
        }
        if (FLOATING.matcher(part).matches()) {
            return Double.parseDouble(part);
        }
        return part.equals("true") || part.equals("false") ? (Object) Boolean.valueOf(part) : part;
    }

    /** Cuts at commas that stand in no quotes and no parentheses. */
    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '\'' || c == '"') && text.substring(start, i).isBlank()) {
                i = closing(i, c);
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private int closing(int open, char quote) {
        int close = text.indexOf(quote, open + 1);
        if (close < 0) {
            throw refused("the quote " + quote + " is not closed");
        }
        String rest = text.substring(close + 1).stripLeading();
        if (!rest.isEmpty() && !rest.startsWith(",")) {
            throw refused("there is something behind the closing quote " + quote);
        }
        return close;
    }

    private UsageException refused(String why) {
        return new UsageException(name + "=" + text + ": " + why + ".");
    }
}
