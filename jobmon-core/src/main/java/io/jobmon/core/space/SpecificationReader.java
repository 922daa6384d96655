package io.jobmon.core.space;

import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.spi.AxisSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a specification to columns. What was posted once is read for ever as it was then; a text from elsewhere is refused
 * without harm. {@link SpecificationWriter} says what it looks like.
 */
final class SpecificationReader {

    private static final int LONGEST_DECIMAL = 32;

    private SpecificationReader() {}

    static Layout read(String text, ParameterType<?> type) {
        Map<?, ?> tree = object(parse(text), "the whole");
        Object version = tree.get("v");
        if (version instanceof Long number && number > SpecificationWriter.VERSION) {
            throw new JobMonException("The space was posted by a newer JobMon (specification version " + number
                    + ", this one reads " + SpecificationWriter.VERSION + "); update JobMon here.");
        }
        if (!Long.valueOf(SpecificationWriter.VERSION).equals(version)) {
            throw damaged("it has no version");
        }
        if (tree.keySet().equals(Set.of("grid", "v"))) {
            return grid(list(tree.get("grid"), "grid"), type);
        }
        if (tree.keySet().equals(Set.of("names", "points", "v"))) {
            return points(list(tree.get("names"), "names"), list(tree.get("points"), "points"), type);
        }
        throw damaged("it holds " + tree.keySet());
    }

    private static @Nullable Object parse(String text) {
        try {
            return Json.parse(text);
        } catch (JobMonException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    private static GridLayout grid(List<?> axes, ParameterType<?> type) {
        List<Column> columns = new ArrayList<>(axes.size());
        long size = 1;
        for (Object axis : axes) {
            Column column = column(object(axis, "an axis"), type);
            if (size > Long.MAX_VALUE / column.size) {
                throw damaged("it has more than 2^63 - 1 points");
            }
            size *= column.size;
            columns.add(column);
        }
        type.check(columns.stream().map(column -> column.name).toList());
        return new GridLayout(columns, size);
    }

    private static Column column(Map<?, ?> axis, ParameterType<?> type) {
        String name = name(axis.get("name"));
        if (axis.size() != 2) {
            throw damaged("an axis holds " + axis.keySet());
        }
        if (axis.containsKey("values")) {
            List<?> values = list(axis.get("values"), "values");
            ListedColumn column = new ListedColumn(name, values, type);
            if (values.isEmpty() || column.duplicate() >= 0) {
                throw damaged("the values of '" + name + "' are none, or not distinct");
            }
            return column;
        }
        AxisSpec formula;
        try {
            formula = formula(axis);
        } catch (JobMonException e) {
            throw damaged("axis '" + name + "': " + e.getMessage());
        }
        return new ComputedColumn(name, formula, type);
    }

    private static AxisSpec formula(Map<?, ?> axis) {
        if (axis.containsKey("range")) {
            List<?> parts = three(axis.get("range"));
            if (parts.get(0) instanceof Long from && parts.get(1) instanceof Long step) {
                return new AxisSpec.LongRange(from, step, size(parts));
            }
            return new AxisSpec.DecimalRange(decimal(parts.get(0)), decimal(parts.get(1)), size(parts));
        }
        if (axis.containsKey("linspace")) {
            List<?> parts = three(axis.get("linspace"));
            return new AxisSpec.Linspace(decimal(parts.get(0)), decimal(parts.get(1)), size(parts));
        }
        if (axis.containsKey("logspace")) {
            List<?> parts = three(axis.get("logspace"));
            return new AxisSpec.Logspace(decimal(parts.get(0)), decimal(parts.get(1)), size(parts));
        }
        throw damaged("an axis holds " + axis.keySet());
    }

    private static List<?> three(@Nullable Object value) {
        List<?> parts = list(value, "a formula");
        if (parts.size() != 3) {
            throw damaged("a formula has " + parts.size() + " parts");
        }
        return parts;
    }

    private static int size(List<?> parts) {
        if (parts.get(2) instanceof Long size && size >= 1 && size <= Integer.MAX_VALUE) {
            return size.intValue();
        }
        throw damaged("a formula has no number of values");
    }

    private static BigDecimal decimal(@Nullable Object value) {
        if (value instanceof String text && text.length() <= LONGEST_DECIMAL) {
            try {
                BigDecimal decimal = new BigDecimal(text);
                return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
            } catch (NumberFormatException e) {
                throw damaged("a formula has no decimal number where one belongs");
            }
        }
        throw damaged("a formula has no decimal number where one belongs");
    }

    private static PointsLayout points(List<?> names, List<?> rows, ParameterType<?> type) {
        if (rows.isEmpty()) {
            throw damaged("it has no points");
        }
        List<List<@Nullable Object>> values = new ArrayList<>(names.size());
        names.forEach(name -> values.add(new ArrayList<>(rows.size())));
        for (Object row : rows) {
            List<?> cells = list(row, "a point");
            if (cells.size() != names.size()) {
                throw damaged("a point has " + cells.size() + " values");
            }
            for (int i = 0; i < names.size(); i++) {
                values.get(i).add(cells.get(i));
            }
        }
        List<String> known = names.stream().map(SpecificationReader::name).toList();
        type.check(known);
        List<Column> columns = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            columns.add(new ListedColumn(known.get(i), values.get(i), type));
        }
        PointsLayout layout = new PointsLayout(columns, rows.size());
        int duplicate = layout.duplicate();
        if (duplicate >= 0) {
            throw new JobMonException("Points " + (layout.indexOf(layout.canonical(duplicate)) + 1) + " and "
                    + (duplicate + 1) + " are the same for the job, " + layout.canonical(duplicate)
                    + "; list each once (replicates(n) runs a point more than once).");
        }
        return layout;
    }

    private static String name(@Nullable Object name) {
        if (name instanceof String text
                && !text.isEmpty()
                && text.codePointCount(0, text.length()) <= ParamSpace.MAX_NAME) {
            return text;
        }
        throw damaged("the name of a parameter is none");
    }

    private static Map<?, ?> object(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw damaged(what + " is no JSON object");
    }

    private static List<?> list(@Nullable Object value, String what) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw damaged(what + " is no JSON array");
    }

    private static JobMonException damaged(String why) {
        return new JobMonException(
                "The stored specification of the space is damaged: " + why + ". Post the sweep again, or clean it.");
    }
}
