package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import io.jobmon.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which results are drawn. For one thread. */
final class Selection {

    private final Map<String, Object> fixed = new LinkedHashMap<>();

    Selection(PlotSpec spec) {
        spec.fixed.forEach((axis, value) -> fixed.put(axis, AxisValues.key(value)));
    }

    boolean everything() {
        return fixed.isEmpty();
    }

    boolean holds(Map<String, Object> parameters) {
        for (Map.Entry<String, Object> each : fixed.entrySet()) {
            if (!each.getValue().equals(AxisValues.key(parameters.get(each.getKey())))) {
                return false;
            }
        }
        return true;
    }

    /** The rows to draw; each has a result. */
    List<Summary.Row> rows(Summary summary) {
        List<Summary.Row> all =
                summary.rows().stream().filter(row -> row.n() > 0).toList();
        if (all.isEmpty()) {
            throw none();
        }
        List<Summary.Row> rows =
                all.stream().filter(row -> holds(row.point().asMap())).toList();
        if (rows.isEmpty()) {
            throw noSuch(all);
        }
        return rows;
    }

    static JobMonException none() {
        return new JobMonException("There are no results to draw yet; await the sweep, or look at its failures.");
    }

    private JobMonException noSuch(List<Summary.Row> all) {
        for (Map.Entry<String, Object> each : fixed.entrySet()) {
            AxisValues values = values(each.getKey(), all);
            if (values.has(each.getValue())) {
                continue;
            }
            return new JobMonException("No result has " + each.getKey() + " = " + AxisValues.text(each.getValue())
                    + "; there are " + values.shown() + ".");
        }
        return noneAt();
    }

    JobMonException noneAt() {
        List<String> texts = new ArrayList<>();
        fixed.forEach((axis, value) -> texts.add(axis + " = " + AxisValues.text(value)));
        return new JobMonException("No result has " + String.join(" and ", texts) + "; give other values to at(..).");
    }

    static AxisValues values(String axis, List<Summary.Row> rows) {
        return new AxisValues(
                axis, rows.stream().map(row -> row.point().asMap().get(axis)).toList());
    }

    /** Refuses to mix results of different values of an axis that is not drawn. */
    void checkFree(List<Summary.Row> rows, List<String> axes, Set<String> drawn, String instead) {
        for (String axis : axes) {
            if (drawn.contains(axis)) {
                continue;
            }
            AxisValues values = values(axis, rows);
            if (values.size() > 1) {
                boolean words = !values.numeric();
                String first = values.texts().get(0);
                throw new JobMonException(String.format(
                        "The axis '%s' is not drawn and has %d values: %s. Take one of them by at(\"%s\", %s)%s.",
                        axis,
                        values.size(),
                        values.shown(),
                        axis,
                        words ? '"' + first + '"' : first,
                        instead.replace("AXIS", axis)));
            }
        }
    }
}
