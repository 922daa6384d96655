package io.jobmon.core.space;

import io.jobmon.core.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How points are made of columns. Thread safety: immutable. */
abstract class Layout {

    final Column[] columns;
    private final List<String> names;

    /** The columns in the order of their names, and before each value what stands before it in canonical JSON. */
    private final int[] sorted;

    private final String[] prefixes;

    Layout(List<Column> columns) {
        this.columns = columns.toArray(new Column[0]);
        this.names = columns.stream().map(column -> column.name).toList();
        this.sorted = IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparing(names::get))
                .mapToInt(Integer::intValue)
                .toArray();
        this.prefixes = new String[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            prefixes[i] = (i == 0 ? "{" : ",") + Json.canonical(names.get(sorted[i])) + ":";
        }
    }

    final List<String> names() {
        return names;
    }

    abstract long size();

    /** Splits a point into an index for each column. */
    abstract int[] digits(long point);

    /** What the binder takes; structures are made anew by each call, so that a job may change what it got. */
    abstract @Nullable Object[] bound(long point);

    abstract long indexOf(String canonical);

    abstract int largestPoint();

    final @Nullable Object[] shown(long point) {
        int[] digits = digits(point);
        @Nullable Object[] shown = new @Nullable Object[digits.length];
        for (int i = 0; i < digits.length; i++) {
            shown[i] = columns[i].shown(digits[i]);
        }
        return shown;
    }

    final String canonical(long point) {
        if (sorted.length == 0) {
            return "{}";
        }
        int[] digits = digits(point);
        StringBuilder text = new StringBuilder(24 * digits.length);
        for (int i = 0; i < sorted.length; i++) {
            int column = sorted[i];
            text.append(prefixes[i]).append(columns[column].json(digits[column]));
        }
        return text.append('}').toString();
    }

    /** The bytes of a point's canonical JSON beside the values. */
    final int frame() {
        int bytes = 2;
        for (String prefix : prefixes) {
            bytes += bytes(prefix);
        }
        return bytes;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
