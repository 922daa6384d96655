package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import io.jobmon.Plot;
import io.jobmon.core.codec.Suggestion;
import io.jobmon.core.plot.PlotSpec.Kind;
import io.jobmon.spi.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The choices, checked as they are made. Classes that draw are loaded by {@link #write} alone.
 *
 * <p>Thread safety: immutable.
 */
public final class DefaultPlot implements Plot {

    private static final int SMALLEST = 200;
    private static final int LARGEST = 8_000;
    private static final int MOST_BINS = 1_000;

    private final PlotSource source;
    private final PlotSpec spec;

    /**
     * Begins a plot.
     *
     * @param source the results
     */
    public DefaultPlot(PlotSource source) {
        this(source, new PlotSpec());
    }

    private DefaultPlot(PlotSource source, PlotSpec spec) {
        this.source = source;
        this.spec = spec;
    }

    private DefaultPlot with(Consumer<PlotSpec> change) {
        PlotSpec copy = spec.copy();
        change.accept(copy);
        return new DefaultPlot(source, copy);
    }

    private DefaultPlot kind(Kind kind, String x, String y, String field) {
        if (spec.kind != Kind.NOTHING) {
            throw new JobMonException("The plot is " + spec.kind.words + " already; begin " + kind.words
                    + " with another results().plot().");
        }
        return with(copy -> {
            copy.kind = kind;
            copy.x = x;
            copy.y = y;
            copy.field = field;
        });
    }

    private void only(Kind kind, String method) {
        if (spec.kind != kind) {
            throw new JobMonException(method + " is for " + kind.words + ", and the plot is "
                    + (spec.kind == Kind.NOTHING
                            ? "none yet; say first what to draw."
                            : spec.kind.words + "; leave it out."));
        }
    }

    private String axis(String name) {
        List<String> axes = source.axes();
        if (name == null || !axes.contains(name)) {
            String are = axes.isEmpty() ? "the sweep has none" : "the sweep has " + String.join(", ", axes);
            throw new JobMonException("There is no axis '" + name + "'; " + are + near(name, axes) + ".");
        }
        return name;
    }

    private static String near(@Nullable String name, Collection<String> names) {
        return name == null ? "" : Suggestion.of(name, names);
    }

    private String field(String name) {
        if (name == null) {
            throw new JobMonException("The field is null; give the name of a number of the outcome.");
        }
        source.check(name);
        return name;
    }

    private static void different(String one, String other) {
        if (one.equals(other)) {
            throw new JobMonException("The axis '" + one + "' cannot be drawn twice; take another one.");
        }
    }

    @Override
    public Plot line(String axis, String field) {
        return kind(Kind.LINE, axis(axis), "", field(field));
    }

    @Override
    public Plot series(String axis) {
        only(Kind.LINE, "series");
        different(spec.x, axis(axis));
        return with(copy -> copy.y = axis);
    }

    @Override
    public Plot heatMap(String xAxis, String yAxis, String field) {
        different(axis(xAxis), axis(yAxis));
        return kind(Kind.HEAT_MAP, xAxis, yAxis, field(field));
    }

    @Override
    public Plot histogram(String field) {
        return kind(Kind.HISTOGRAM, "", "", field(field));
    }

    @Override
    public Plot bins(int bins) {
        only(Kind.HISTOGRAM, "bins");
        if (bins < 1 || bins > MOST_BINS) {
            throw new JobMonException("There cannot be " + bins + " bins; give 1 to " + MOST_BINS + ".");
        }
        return with(copy -> copy.bins = bins);
    }

    @Override
    public Plot scatter(String x, String y) {
        Coordinate.of(source, x);
        Coordinate.of(source, y);
        return kind(Kind.SCATTER, x, y, "");
    }

    @Override
    public Plot at(String axis, Object value) {
        axis(axis);
        if (value == null) {
            throw new JobMonException("The value of the axis '" + axis + "' is null; give one that the sweep has.");
        }
        return with(copy -> copy.fixed.put(axis, value));
    }

    @Override
    public Plot title(String title) {
        String checked = text(title, "The title");
        return with(copy -> {
            copy.titled = true;
            copy.title = checked;
        });
    }

    @Override
    public Plot label(String name, String text) {
        return label(name, text, "");
    }

    @Override
    public Plot label(String name, String text, String unit) {
        Set<String> known = new LinkedHashSet<>(source.axes());
        known.addAll(source.fields());
        known.addAll(List.of(spec.x, spec.y, spec.field));
        known.remove("");
        if (name == null || !known.contains(name)) {
            throw new JobMonException("There is no axis or field '" + name + "' to label; there are "
                    + String.join(", ", known) + near(name, known) + ".");
        }
        PlotSpec.Label label = new PlotSpec.Label(text(text, "The label"), text(unit, "The unit"));
        return with(copy -> copy.labels.put(name, label));
    }

    private static String text(String text, String what) {
        if (text == null) {
            throw new JobMonException(what + " is null; give a text.");
        }
        return Values.whole(text, what).replaceAll("\\p{Cntrl}", " ").strip();
    }

    @Override
    public Plot logX() {
        return with(copy -> copy.logX = true);
    }

    @Override
    public Plot logY() {
        return with(copy -> copy.logY = true);
    }

    @Override
    public Plot logColour() {
        only(Kind.HEAT_MAP, "logColour");
        return with(copy -> copy.logColour = true);
    }

    @Override
    public Plot size(int width, int height) {
        if (Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST) {
            throw new JobMonException("A picture of " + width + " x " + height + " cannot be drawn; give " + SMALLEST
                    + " to " + LARGEST + " pixels for each.");
        }
        return with(copy -> {
            copy.width = width;
            copy.height = height;
        });
    }

    @Override
    public void write(Path file) {
        PictureFormat format = PictureFormat.of(file);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new JobMonException(file + " cannot be written: there is no folder " + folder + "; make it first.");
        }
        if (spec.kind == Kind.NOTHING) {
            throw new JobMonException("Nothing is to be drawn; call line, heatMap, histogram or scatter before write.");
        }
        if (ModuleLayer.boot().findModule("java.desktop").isEmpty()) {
            throw new JobMonException(
                    "This Java has no module java.desktop, and drawing needs it; take a whole JDK or JRE,"
                            + " or add the module to the image that jlink makes.");
        }
        source.save(file, Pictures.bytes(source, spec, format));
    }
}
