package io.jobmon.core.host;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.JobMonException;
import io.jobmon.spi.CommandSpec;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a job of jobmon.yaml prints. */
enum Output {
    JSON,
    NUMBER,
    TEXT;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final int SHOWN = 100;

    /** Its name in the file. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Output> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findAny();
    }

    static String keys() {
        return Arrays.stream(values()).map(Output::key).collect(Collectors.joining(", "));
    }

    static Output of(CommandSpec<?> spec) {
        Type type = spec.outcome();
        return type == Double.class ? NUMBER : type == String.class ? TEXT : JSON;
    }

    CommandJob<?> read(CommandJob<Map<String, Object>> job) {
        return switch (this) {
            case JSON -> job;
            case NUMBER -> job.outcome(Double.class, Output::number);
            case TEXT -> job.outcome(String.class, Output::text);
        };
    }

    static String text(CommandOutput output) {
        return output.stdout().replaceFirst("\\r?\\n\\z", "");
    }

    /** As programs print it: Python writes inf, C++ INF, Julia Inf. */
    static double number(CommandOutput output) {
        String text = output.stdout().strip();
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default ->
                throw new JobMonException("The program printed "
                        + (text.isEmpty()
                                ? "nothing"
                                : "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "'")
                        + ", which is not one number; print one alone, or write 'output: text' or 'output: json'.");
        };
    }
}
