package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import io.jobmon.Point;
import io.jobmon.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results put by hand: the rows of one summary, and single results with the fields y and z. */
final class TestSource implements PlotSource {

    private record Single(Map<String, Object> parameters, double y, double z) {}

    private final List<String> axes;
    private final List<Summary.Row> rows = new ArrayList<>();
    private final List<Single> results = new ArrayList<>();
    byte[] saved = {};
    String heading = "Job: what it is about";

    TestSource(String... axes) {
        this.axes = List.of(axes);
    }

    private Map<String, Object> parameters(Object... values) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            parameters.put(axes.get(i), values[i]);
        }
        return parameters;
    }

    /** A point with so many results of this mean; its interval reaches 0.5 below and above it. */
    TestSource row(long n, double mean, Object... values) {
        double half = n > 1 ? 0.5 : Double.NaN;
        rows.add(new Summary.Row(
                Point.of(parameters(values)), n, 1, n == 0 ? Double.NaN : mean, 1, 1, mean - half, mean + half));
        return this;
    }

    TestSource result(double y, double z, Object... values) {
        results.add(new Single(parameters(values), y, z));
        return this;
    }

    @Override
    public List<String> axes() {
        return axes;
    }

    @Override
    public List<String> fields() {
        return List.of("y", "z");
    }

    @Override
    public String heading() {
        return heading;
    }

    @Override
    public void check(String field) {
        if (!fields().contains(field)) {
            throw new JobMonException("There is no field " + field + ".");
        }
    }

    @Override
    public Summary summary(String field) {
        return new Summary(field, rows);
    }

    @Override
    public void each(List<String> fields, Visitor visitor) {
        long[] rank = {0};
        results.forEach(result -> visitor.visit(
                rank[0]++ * 7919 % 100_003,
                result::parameters,
                fields.stream()
                        .mapToDouble(field -> field.equals("y") ? result.y() : result.z())
                        .toArray()));
    }

    @Override
    public void save(Path file, byte[] content) {
        saved = content;
    }
}
