package io.jobmon;

import io.jobmon.spi.Axes;
import io.jobmon.spi.PointReader;
import io.jobmon.spi.SpaceSpec;
import io.jobmon.spi.SpecifiedSpace;
import io.jobmon.spi.ValuePoint;
import io.jobmon.spi.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Points one by one, with an index by value. */
final class PointSpace implements ParamSpace, SpecifiedSpace {

    private static final int MAX_SIZE = 1_000_000;

    private final List<String> names;
    private final List<List<Object>> rows;
    private final Map<Object, Integer> indices;

    private PointSpace(List<String> names, List<List<Object>> rows, Map<Object, Integer> indices) {
        this.names = names;
        this.rows = rows;
        this.indices = indices;
    }

    static PointSpace of(Iterable<?> points) {
        if (points == null) {
            throw new JobMonException("The points are null; list at least one.");
        }
        PointReader reader = new PointReader();
        List<String> names = List.of();
        List<List<Object>> rows = new ArrayList<>();
        Map<Object, Integer> indices = new HashMap<>();
        for (Object point : points) {
            int number = rows.size() + 1;
            if (number > MAX_SIZE) {
                throw new JobMonException("There are more than " + Axes.count(MAX_SIZE)
                        + " listed points; use ParamSpace.grid(), which computes them.");
            }
            Map<String, Object> values = reader.read(point, "Point " + number);
            if (rows.isEmpty()) {
                values.keySet().forEach(GridSpace::checkName);
                names = List.copyOf(values.keySet());
            }
            List<Object> row = row(names, values, number);
            Integer before = indices.putIfAbsent(Values.key(row), number - 1);
            if (before != null) {
                throw new JobMonException("Points " + (before + 1) + " and " + number + " are the same ("
                        + ValuePoint.of(names, row.toArray())
                        + "); list each once (replicates(n) runs a point more than once).");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new JobMonException("There are no points; list at least one.");
        }
        return new PointSpace(names, List.copyOf(rows), indices);
    }

    private static List<Object> row(List<String> names, Map<String, Object> values, int number) {
        List<Object> row = new ArrayList<>(names.size());
        for (String name : names) {
            Object value = values.get(name);
            if (value != null) {
                row.add(value);
            }
        }
        if (row.size() != names.size() || values.size() != names.size()) {
            throw new JobMonException("Point " + number + " has the parameters " + values.keySet()
                    + ", but point 1 has " + names + "; give all points the same.");
        }
        return List.copyOf(row);
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public Point point(long index) {
        GridSpace.checkIndex(index, size());
        return ValuePoint.of(names, rows.get((int) index).toArray());
    }

    @Override
    public OptionalLong indexOf(Point point) {
        Map<String, Object> values = point.asMap();
        if (values.size() != names.size() || !values.keySet().containsAll(names)) {
            return OptionalLong.empty();
        }
        Integer index = indices.get(Values.key(names.stream().map(values::get).toList()));
        return index == null ? OptionalLong.empty() : OptionalLong.of(index);
    }

    @Override
    public SpaceSpec spec() {
        return new SpaceSpec.Points(names, rows);
    }

    @Override
    public String toString() {
        return Axes.count(size()) + " listed points of " + names;
    }
}
