package io.jobmon;

import io.jobmon.spi.Axes;
import io.jobmon.spi.SpaceSpec;
import io.jobmon.spi.SpecifiedSpace;
import io.jobmon.spi.ValuePoint;
import io.jobmon.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** All combinations of axes, index = mixed radix number whose digits are the indices of the axes. */
final class GridSpace implements ParamSpace.Grid, SpecifiedSpace {

    static final GridSpace EMPTY = new GridSpace(List.of(), List.of());

    private final List<String> names;
    private final List<Axis> axes;
    private final long size;

    private GridSpace(List<String> names, List<Axis> axes) {
        this.names = List.copyOf(names);
        this.axes = List.copyOf(axes);
        this.size = product();
    }

    private long product() {
        long product = 1;
        for (Axis axis : axes) {
            if (product > Long.MAX_VALUE / axis.size()) {
                StringJoiner sizes = new StringJoiner(" x ");
                for (int i = 0; i < axes.size(); i++) {
                    sizes.add(
                            "'" + names.get(i) + "' (" + Axes.count(axes.get(i).size()) + ")");
                }
                throw new JobMonException("The grid has more than 2^63 - 1 points: " + sizes + "; take fewer values.");
            }
            product *= axis.size();
        }
        return product;
    }

    @Override
    public Grid axis(String name, Axis axis) {
        checkName(name);
        if (axis == null) {
            throw new JobMonException("Axis '" + name + "' is null; give its values.");
        }
        if (names.contains(name)) {
            throw new JobMonException("Axis '" + name + "' is there already; name each parameter once.");
        }
        List<String> moreNames = new ArrayList<>(names);
        List<Axis> moreAxes = new ArrayList<>(axes);
        moreNames.add(name);
        moreAxes.add(axis);
        return new GridSpace(moreNames, moreAxes);
    }

    @Override
    public Grid axis(String name, Object... values) {
        checkName(name);
        Axis axis;
        try {
            axis = Axis.of(values);
        } catch (JobMonException e) {
            throw new JobMonException("Axis '" + name + "': " + e.getMessage(), e);
        }
        return axis(name, axis);
    }

    static void checkName(String name) {
        if (name == null || name.isEmpty()) {
            throw new JobMonException("The name of a parameter is empty; name a parameter of the job.");
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            throw new JobMonException("The name of a parameter has " + name.codePointCount(0, name.length())
                    + " characters; the limit is " + MAX_NAME + ": " + Values.show(name));
        }
        Values.whole(name, "The name of a parameter");
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Point point(long index) {
        checkIndex(index, size);
        Object[] values = new Object[axes.size()];
        long rest = index;
        for (int i = values.length - 1; i >= 0; i--) {
            Axis axis = axes.get(i);
            values[i] = axis.value((int) (rest % axis.size()));
            rest /= axis.size();
        }
        return ValuePoint.of(names, values);
    }

    static void checkIndex(long index, long size) {
        if (index < 0 || index >= size) {
            throw new JobMonException("There is no point " + index + "; the space has " + size + ", counted from 0.");
        }
    }

    @Override
    public OptionalLong indexOf(Point point) {
        Map<String, Object> values = point.asMap();
        if (values.size() != axes.size()) {
            return OptionalLong.empty();
        }
        long index = 0;
        for (int i = 0; i < axes.size(); i++) {
            Object value = values.get(names.get(i));
            int digit = value == null ? -1 : axes.get(i).indexOf(value);
            if (digit < 0) {
                return OptionalLong.empty();
            }
            index = index * axes.get(i).size() + digit;
        }
        return OptionalLong.of(index);
    }

    @Override
    public SpaceSpec spec() {
        return new SpaceSpec.Grid(IntStream.range(0, axes.size())
                .mapToObj(i -> new SpaceSpec.NamedAxis(names.get(i), axes.get(i).spec()))
                .toList());
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("; ");
        for (int i = 0; i < axes.size(); i++) {
            text.add(names.get(i) + ": " + axes.get(i));
        }
        return "grid of " + Axes.count(size) + " points" + (axes.isEmpty() ? "" : ": " + text);
    }
}
