package io.jobmon.cli;

import io.jobmon.JobMon;
import io.jobmon.Plot;
import io.jobmon.Sweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "plot",
        description = {
            "AXIS is a parameter, FIELD a number of the outcome; of an outcome that is a number, FIELD is value.",
            "plot --line p spans --series n; plot --heatmap beta gamma attackRate --log-colour"
        })
final class PlotCommand extends SweepCommand {

    private static final Pattern UNIT = Pattern.compile("(.*?)\\s*\\[(.+)]");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    @Option(
            names = "--line",
            arity = "2",
            paramLabel = "AXIS FIELD",
            hideParamSyntax = true,
            description = "The mean with its 95 %% interval.")
    private List<String> line = List.of();

    @Option(names = "--series", paramLabel = "AXIS", description = "One line for each of its values.")
    private @Nullable String series;

    @Option(
            names = "--heatmap",
            arity = "3",
            paramLabel = "AXIS AXIS FIELD",
            hideParamSyntax = true,
            description = "The mean as colour.")
    private List<String> heatMap = List.of();

    @Option(names = "--histogram", paramLabel = "FIELD", description = "How often its values occur.")
    private @Nullable String histogram;

    @Option(names = "--bins", paramLabel = "N", description = "Bars of the histogram.")
    private @Nullable Integer bins;

    @Option(
            names = "--scatter",
            arity = "2",
            paramLabel = "X Y",
            hideParamSyntax = true,
            description = "A dot for each result, over axes or fields.")
    private List<String> scatter = List.of();

    @Option(names = "--at", paramLabel = "AXIS=VALUE", description = "Only the results of this value.")
    private List<String> at = List.of();

    @Option(names = "--title", paramLabel = "TEXT", description = "Default: the job's name and description.")
    private @Nullable String title;

    @Option(
            names = "--label",
            paramLabel = "NAME=TEXT",
            description = "What an axis or a field is, with its unit in brackets: beta='contact rate [1/day]'.")
    private List<String> labels = List.of();

    @Option(names = "--log-x", description = "Logarithmic along x.")
    private boolean logX;

    @Option(names = "--log-y", description = "Logarithmic along y.")
    private boolean logY;

    @Option(names = "--log-colour", description = "Logarithmic colours.")
    private boolean logColour;

    @Option(names = "--size", paramLabel = "WxH", description = "In pixels; default 800x560.")
    private @Nullable String size;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = "plot.png",
            description = "The picture, .png or .svg; default plot.png.")
    private Path file = Path.of("plot.png");

    @Override
    int execute(JobMon jobmon, Finder.Found found, Sweep<Map<String, Object>, Map<String, Object>> sweep) {
        sized(labelled(chosen(sweep.results().plot()))).write(file);
        out().println(file);
        return 0;
    }

    private Plot chosen(Plot empty) {
        List<Plot> chosen = new ArrayList<>();
        if (!line.isEmpty()) {
            Plot lines = empty.line(line.get(0), line.get(1));
            chosen.add(series == null ? lines : lines.series(series));
        }
        if (!heatMap.isEmpty()) {
            chosen.add(empty.heatMap(heatMap.get(0), heatMap.get(1), heatMap.get(2)));
        }
        if (histogram != null) {
            Plot bars = empty.histogram(histogram);
            chosen.add(bins == null ? bars : bars.bins(bins));
        }
        if (!scatter.isEmpty()) {
            chosen.add(empty.scatter(scatter.get(0), scatter.get(1)));
        }
        if (chosen.size() != 1 || series != null && line.isEmpty() || bins != null && histogram == null) {
            throw new UsageException(
                    "Say what to draw: one of --line AXIS FIELD (with --series AXIS), --heatmap AXIS AXIS"
                            + " FIELD, --histogram FIELD (with --bins N), --scatter X Y.");
        }
        return chosen.get(0);
    }

    private Plot labelled(Plot plot) {
        Plot labelled = title == null ? plot : plot.title(title);
        for (String label : labels) {
            String[] parts = parts(label, "--label");
            Matcher unit = UNIT.matcher(parts[1]);
            labelled = unit.matches()
                    ? labelled.label(parts[0], unit.group(1), unit.group(2))
                    : labelled.label(parts[0], parts[1]);
        }
        for (String each : at) {
            String[] parts = parts(each, "--at");
            labelled = labelled.at(parts[0], ValueText.single(parts[0], parts[1]));
        }
        return labelled;
    }

    private static String[] parts(String text, String option) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException(option + " " + text + ": write NAME=VALUE.");
        }
        return new String[] {text.substring(0, equals), text.substring(equals + 1)};
    }

    private Plot sized(Plot plot) {
        Plot sized = plot;
        if (size != null) {
            Matcher numbers = SIZE.matcher(size);
            if (!numbers.matches()) {
                throw new UsageException("--size " + size + ": write such as 800x560.");
            }
            sized = sized.size(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
        }
        sized = logX ? sized.logX() : sized;
        sized = logY ? sized.logY() : sized;
        return logColour ? sized.logColour() : sized;
    }
}
