package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import io.jobmon.core.codec.Suggestion;
import io.jobmon.spi.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An axis or a field, along one side of a scatter plot. */
record Coordinate(String name, boolean axis) {

    private static final String PARAMETER = "parameter.";
    private static final String RESULT = "result.";

    static Coordinate of(PlotSource source, String name) {
        if (name == null) {
            throw new JobMonException("The name is null; give an axis or a field of the outcome.");
        }
        List<String> axes = source.axes();
        List<String> fields = source.fields();
        if (axes.contains(name)) {
            if (fields.contains(name)) {
                throw new JobMonException("'" + name + "' is an axis and a field of the outcome; say '" + PARAMETER
                        + name + "' or '" + RESULT + name + "'.");
            }
            return new Coordinate(name, true);
        }
        if (name.startsWith(PARAMETER) && axes.contains(name.substring(PARAMETER.length()))) {
            return new Coordinate(name.substring(PARAMETER.length()), true);
        }
        String field = name.startsWith(RESULT) && !fields.contains(name) ? name.substring(RESULT.length()) : name;
        if (!fields.isEmpty() && !fields.contains(field)) {
            List<String> all = new ArrayList<>(axes);
            all.addAll(fields);
            throw new JobMonException("There is no axis or field '" + name + "'; there are " + String.join(", ", all)
                    + Suggestion.of(name, all) + ".");
        }
        source.check(field);
        return new Coordinate(field, false);
    }

    /** The value of an axis as a number. */
    double of(Map<String, Object> parameters) {
        Object value = parameters.get(name);
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new JobMonException("The axis '" + name + "' holds " + Values.show(value)
                + ", no number, and a dot needs two; take another one, or a line plot or a heat map.");
    }
}
