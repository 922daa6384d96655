package io.jobmon.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads 30s, 10m, 4h, 2d, 500ms, and ISO 8601 such as PT10M. */
final class Durations implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            if (lower.matches("\\d{1,12}ms")) {
                return Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)));
            }
            if (lower.matches("\\d{1,9}[smhd]")) {
                String days = lower.endsWith("d") ? "p" : "pt";
                return Duration.parse(days + lower);
            }
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is no duration; write such as 30s, 10m, 4h or 2d");
        }
    }
}
