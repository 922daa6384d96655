package io.jobmon.core.plot;

import java.util.LinkedHashMap;
import java.util.Map;

/** What has been chosen so far. Changed only before anybody else sees it. */
final class PlotSpec {

    /** What is drawn. */
    enum Kind {
        NOTHING("nothing"),
        LINE("a line plot"),
        HEAT_MAP("a heat map"),
        HISTOGRAM("a histogram"),
        SCATTER("a scatter plot");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** In words. */
    record Label(String text, String unit) {

        @Override
        public String toString() {
            return unit.isEmpty() ? text : text + " (" + unit + ")";
        }
    }

    Kind kind = Kind.NOTHING;

    /** The axis along x; of a histogram nothing; of a scatter plot an axis or a field. */
    String x = "";

    /** The second axis: that of the series, or along y; of a scatter plot an axis or a field. */
    String y = "";

    String field = "";
    int bins;
    boolean logX;
    boolean logY;
    boolean logColour;
    int width = 800;
    int height = 560;
    boolean titled;
    String title = "";
    final Map<String, Object> fixed = new LinkedHashMap<>();
    final Map<String, Label> labels = new LinkedHashMap<>();

    PlotSpec copy() {
        PlotSpec copy = new PlotSpec();
        copy.kind = kind;
        copy.x = x;
        copy.y = y;
        copy.field = field;
        copy.bins = bins;
        copy.logX = logX;
        copy.logY = logY;
        copy.logColour = logColour;
        copy.width = width;
        copy.height = height;
        copy.titled = titled;
        copy.title = title;
        copy.fixed.putAll(fixed);
        copy.labels.putAll(labels);
        return copy;
    }

    /** What stands at an axis. */
    String label(String name) {
        Label label = labels.get(name);
        return label == null ? name : label.toString();
    }

    /** What stands at an axis that shows means. */
    String meanLabel() {
        Label label = labels.get(field);
        return label == null ? "mean of " + field : label.toString();
    }

    /** One value of the second axis, for a legend. */
    String entry(String value) {
        Label label = labels.get(y);
        return label == null
                ? y + " = " + value
                : label.text() + " = " + value + (label.unit().isEmpty() ? "" : " " + label.unit());
    }
}
