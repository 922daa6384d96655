package io.jobmon.core.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes pictures of what was chosen. */
final class Pictures {

    private static final double BAR_SHARE = 0.75;

    private Pictures() {}

    static byte[] bytes(PlotSource source, PlotSpec spec, PictureFormat format) {
        Fonts.check();
        return format.encode(of(source, spec));
    }

    private static Picture of(PlotSource source, PlotSpec spec) {
        String title = spec.titled ? spec.title : source.heading();
        return switch (spec.kind) {
            case LINE -> lines(Lines.of(source, spec), spec, title);
            case HEAT_MAP -> heatMap(HeatMap.of(source, spec), spec, title);
            case HISTOGRAM -> histogram(Histogram.of(source, spec), spec, title);
            case SCATTER -> dots(Dots.of(source, spec), spec, title);
            case NOTHING -> throw new IllegalStateException("nothing chosen");
        };
    }

    private static Picture lines(Lines data, PlotSpec spec, String title) {
        Frame frame = new Frame(
                title,
                notes(spec, data.notes()),
                spec.label(spec.x),
                spec.meanLabel(),
                Scale.of(data.x(), spec.logX),
                Scale.around(data.heights(spec.logY), spec.logY));
        LinePainter painter = new LinePainter(data.lines());
        List<String> names = data.lines().stream().map(Lines.Line::name).toList();
        return picture(
                frame, spec, names, g -> frame.paint(g, spec.width, spec.height, 0, painter::add, painter::paint));
    }

    private static Picture heatMap(HeatMap data, PlotSpec spec, String title) {
        HeatPainter painter = new HeatPainter(data, spec.logX, spec.logY, spec.logColour);
        Frame frame = new Frame(
                title, notes(spec, data.notes()), spec.label(spec.x), spec.label(spec.y), painter.x(), painter.y());
        String label = spec.meanLabel();
        ColourBar bar = new ColourBar(painter.colours(), label);
        double height = spec.height * BAR_SHARE;
        return picture(
                frame,
                spec,
                List.of(label),
                g -> frame.paint(g, spec.width, spec.height, bar.width(height), chart -> {}, (on, area) -> {
                    painter.paint(on, area);
                    bar.paint(on, area, height);
                }));
    }

    private static Picture histogram(Histogram data, PlotSpec spec, String title) {
        double[] borders = data.borders();
        double most = Arrays.stream(data.counts()).max().orElse(1);
        Frame frame = new Frame(
                title,
                notes(spec, data.notes()),
                spec.label(spec.field),
                "results",
                Scale.around(borders, spec.logX).ofWhole(data.whole()),
                Scale.between(spec.logY ? 0.8 : 0, spec.logY ? most * 1.5 : most * 1.05, spec.logY));
        return picture(
                frame,
                spec,
                List.of(),
                g -> frame.paint(
                        g, spec.width, spec.height, 0, chart -> {}, (on, area) -> BarPainter.paint(on, area, data)));
    }

    private static Picture dots(Dots data, PlotSpec spec, String title) {
        Frame frame = new Frame(
                title,
                notes(spec, data.notes()),
                spec.label(spec.x),
                spec.label(spec.y),
                Scale.around(data.x(), spec.logX),
                Scale.around(data.y(), spec.logY));
        return picture(
                frame,
                spec,
                List.of(),
                g -> frame.paint(
                        g, spec.width, spec.height, 0, chart -> {}, (on, area) -> DotPainter.paint(on, area, data)));
    }

    private static List<String> notes(PlotSpec spec, List<String> notes) {
        List<String> all = new ArrayList<>();
        spec.fixed.forEach((axis, value) -> all.add(spec.label(axis) + " = " + AxisValues.text(value)));
        all.addAll(notes);
        return all;
    }

    private static Picture picture(Frame frame, PlotSpec spec, List<String> more, Picture.Painting painting) {
        List<String> said = new ArrayList<>(frame.notes());
        said.add("along x: " + frame.xLabel());
        said.add("along y: " + frame.yLabel());
        more.stream().filter(text -> !text.isEmpty()).forEach(said::add);
        return new Picture(spec.width, spec.height, frame.title(), String.join("; ", said), painting);
    }
}
