package io.jobmon.core.codec;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Says in a sentence why a value was refused. Survives values whose toString throws. */
final class Refusals {

    private static final int SHOWN = 100;

    /** What Jackson advises its own users. */
    private static final Pattern FOR_JACKSON =
            Pattern.compile(" and no properties discovered to create BeanSerializer| \\(to avoid exception[^)]*\\)");

    private Refusals() {}

    /** What a write threw, as the exception to throw: out of memory is not the value's own fault and stays what it is. */
    static RuntimeException writing(String what, Throwable thrown) {
        return writing(what, "", thrown);
    }

    /** The same, for what stands below a component. */
    static RuntimeException writing(String what, String component, Throwable thrown) {
        if (thrown instanceof OutcomeException refused) {
            return refused;
        }
        if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
        String below = path(thrown);
        String path = component + (component.isEmpty() || below.isEmpty() || below.startsWith("[") ? "" : ".") + below;
        return new OutcomeException(
                what + " cannot be written as JSON" + (path.isEmpty() ? "" : " at '" + path + "'") + ": "
                        + reason(thrown) + "; return records, lists, maps, numbers, booleans and strings.",
                thrown);
    }

    static String reason(Throwable thrown) {
        if (thrown instanceof StackOverflowError || thrown instanceof StreamConstraintsException deep && deep(deep)) {
            return "it is nested too deeply, or contains itself";
        }
        Throwable origin = thrown;
        while (origin instanceof JacksonException && origin.getCause() != null && origin.getCause() != origin) {
            origin = origin.getCause();
        }
        if (origin instanceof StackOverflowError) {
            return "it is nested too deeply, or contains itself";
        }
        if (origin instanceof JacksonException e) {
            String message = Objects.requireNonNullElse(e.getOriginalMessage(), "not possible");
            return cut(FOR_JACKSON.matcher(message).replaceAll(""), 500);
        }
        return cut(origin.getClass().getName() + ": " + message(origin), 500);
    }

    /** Where in the text it went wrong, as words in brackets; empty if nobody knows. */
    static String where(Throwable thrown) {
        TokenStreamLocation at = thrown instanceof JacksonException e ? e.getLocation() : null;
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static boolean deep(StreamConstraintsException e) {
        return Objects.requireNonNullElse(e.getOriginalMessage(), "").contains("nesting depth");
    }

    private static String message(Throwable thrown) {
        try {
            return Objects.requireNonNullElse(thrown.getMessage(), "no message");
        } catch (RuntimeException | StackOverflowError e) {
            return "its message cannot be read";
        }
    }

    private static String path(Throwable thrown) {
        if (!(thrown instanceof JacksonException e)) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (path.length() > SHOWN) {
                return path.append("...").toString();
            }
            if (step.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(cut(step.getPropertyName(), SHOWN));
            } else if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    /** A value as it stands in a message: strings quoted, long ones cut. */
    static String show(@Nullable Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException | StackOverflowError e) {
            text = value == null ? "null" : "a " + value.getClass().getName();
        }
        String cut = cut(text, SHOWN).replace("\n", "\\n").replace("\r", "\\r");
        return value instanceof CharSequence ? '"' + cut + '"' : cut;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }
}
