package io.jobmon.core.space;

import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.spi.AxisSpec;
import io.jobmon.spi.SpaceSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a space as a user wrote it to the specification. Version 1:
 *
 * <pre>
 * {"grid":[AXIS, ...],"v":1}
 * {"names":["p","n"],"points":[[0.5,64], ...],"v":1}
 * AXIS: {"name":"n","values":[64,128]}
 *       {"name":"n","range":[0,5,100]}              whole: first, step, how many
 *       {"name":"p","range":["0","0.1",100]}        decimal: first, step, how many
 *       {"linspace":["0","1",31],"name":"p"}        first, last, how many
 *       {"logspace":["0.001","1",31],"name":"p"}    first, last, how many
 * </pre>
 */
final class SpecificationWriter {

    static final int VERSION = 1;

    /** Up to so many values stand there one by one, whatever they come from: for people, and so that equals look equal. */
    private static final int WRITTEN_OUT = 16;

    private SpecificationWriter() {}

    static String write(SpaceSpec spec, ParameterType<?> type) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("v", VERSION);
        if (spec instanceof SpaceSpec.Grid grid) {
            type.check(grid.axes().stream().map(SpaceSpec.NamedAxis::name).toList());
            tree.put("grid", grid.axes().stream().map(axis -> axis(axis, type)).toList());
        } else if (spec instanceof SpaceSpec.Points points) {
            points(points, type, tree);
        }
        return Json.canonical(tree);
    }

    private static Map<String, Object> axis(SpaceSpec.NamedAxis named, ParameterType<?> type) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", named.name());
        AxisSpec axis = named.axis();
        if (axis instanceof AxisSpec.Listed listed) {
            ListedColumn column = distinct(named.name(), listed.elements(), type);
            AxisSpec formula = column.size > WRITTEN_OUT ? Formulas.of(column) : null;
            return formula == null ? listed(tree, column) : formula(tree, formula);
        }
        if (axis.size() <= WRITTEN_OUT) {
            return listed(tree, distinct(named.name(), Formulas.elements(axis), type));
        }
        return formula(tree, Formulas.bound(named.name(), axis, type));
    }

    /** Two values may become one when they are bound: 2^53 and 2^53 + 1 are one double. */
    static ListedColumn distinct(String name, List<Object> values, ParameterType<?> type) {
        ListedColumn column = new ListedColumn(name, values, type);
        int duplicate = column.duplicate();
        if (duplicate >= 0) {
            int first = column.indexOf(column.json(duplicate), column.tree(duplicate));
            throw new JobMonException("Axis '" + name + "': values " + (first + 1) + " and " + (duplicate + 1) + " ("
                    + values.get(first) + " and " + values.get(duplicate) + ") are the same for the job, "
                    + column.json(duplicate) + "; leave one out, or give the parameter a type that tells them apart.");
        }
        return column;
    }

    private static Map<String, Object> listed(Map<String, Object> tree, ListedColumn column) {
        List<@Nullable Object> values = new ArrayList<>(column.size);
        for (int i = 0; i < column.size; i++) {
            values.add(column.tree(i));
        }
        tree.put("values", values);
        return tree;
    }

    private static Map<String, Object> formula(Map<String, Object> tree, AxisSpec axis) {
        if (axis instanceof AxisSpec.LongRange range) {
            tree.put("range", List.of(range.from(), range.step(), range.size()));
        } else if (axis instanceof AxisSpec.DecimalRange range) {
            tree.put("range", List.of(text(range.from()), text(range.step()), range.size()));
        } else if (axis instanceof AxisSpec.Linspace space) {
            tree.put("linspace", List.of(text(space.from()), text(space.to()), space.size()));
        } else if (axis instanceof AxisSpec.Logspace space) {
            tree.put("logspace", List.of(text(space.from()), text(space.to()), space.size()));
        }
        return tree;
    }

    private static String text(BigDecimal decimal) {
        boolean readable = Math.abs(decimal.scale()) <= 20;
        return readable ? decimal.toPlainString() : decimal.toString();
    }

    private static void points(SpaceSpec.Points points, ParameterType<?> type, Map<String, Object> tree) {
        type.check(points.names());
        List<String> names = type.open() ? points.names() : type.names();
        int[] order = names.stream().mapToInt(points.names()::indexOf).toArray();
        List<List<@Nullable Object>> rows = new ArrayList<>(points.rows().size());
        for (int i = 0; i < points.rows().size(); i++) {
            List<Object> given = points.rows().get(i);
            List<@Nullable Object> row = new ArrayList<>(order.length);
            for (int j = 0; j < order.length; j++) {
                row.add(bound(names.get(j), given.get(order[j]), i, type));
            }
            rows.add(row);
        }
        tree.put("names", names);
        tree.put("points", rows);
    }

    private static @Nullable Object bound(String name, Object value, int row, ParameterType<?> type) {
        try {
            return type.tree(name, type.convert(name, value));
        } catch (JobMonException e) {
            throw new JobMonException("Point " + (row + 1) + ": " + e.getMessage(), e);
        }
    }
}
