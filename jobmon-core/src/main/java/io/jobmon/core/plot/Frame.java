package io.jobmon.core.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What is around the data: title, notes, scales, legend.
 *
 * @param title the title, may be empty
 * @param notes what stands below it
 * @param xLabel what is along x
 * @param yLabel what is along y
 * @param x the scale along x
 * @param y the scale along y
 */
record Frame(String title, List<String> notes, String xLabel, String yLabel, Scale x, Scale y) {

    private static final int MARGIN = 12;
    private static final int TITLE_LINES = 2;
    private static final double TITLE_HEIGHT = 23;
    private static final double NOTE_HEIGHT = 19;
    private static final int X_SPACING = 80;
    private static final int Y_SPACING = 50;
    private static final int CATEGORY_SPACING = 20;
    private static final double PLOT_SHARE = 0.85;

    /** The chart leaves longer labels out. */
    private static final int LONGEST = 20;

    /**
     * Paints the frame, and the data within.
     *
     * @param g on this
     * @param width of the picture
     * @param height of the picture
     * @param right how much is left free at the right edge
     * @param series adds what the chart itself draws
     * @param data paints what it does not
     */
    void paint(
            Graphics2D g,
            int width,
            int height,
            int right,
            Consumer<XYChart> series,
            BiConsumer<Graphics2D, Area> data) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        int top = heading(g, width);
        int below = height - top;
        int across = width - right;
        XYChart chart = new XYChart(across, below);
        chart.setXAxisTitle(Ink.cut(xLabel, Ink.AXIS, across * 0.8));
        chart.setYAxisTitle(Ink.cut(yLabel, Ink.AXIS, below * 0.8));
        style(chart.getStyler(), across, below);
        hidden(chart);
        series.accept(chart);
        g.translate(0, top);
        chart.paint(g, across, below);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        data.accept(g, Area.of(chart, x, y));
        g.translate(0, -top);
    }

    /** A chart without series has no scales; one whose values are evenly spaced marks these instead of round ones. */
    private void hidden(XYChart chart) {
        XYSeries hidden = chart.addSeries(
                "hidden", new double[] {x.low(), x.at(0.37), x.high()}, new double[] {y.low(), y.at(0.37), y.high()});
        hidden.setShowInLegend(false);
        hidden.setMarker(SeriesMarkers.NONE);
        hidden.setLineStyle(SeriesLines.NONE);
    }

    private int heading(Graphics2D g, int width) {
        double y = MARGIN;
        g.setColor(Ink.TEXT);
        for (String line : Ink.wrap(title, Ink.TITLE, width - 2.0 * MARGIN, TITLE_LINES)) {
            y += TITLE_HEIGHT;
            Ink.text(g, line, Ink.TITLE, width / 2.0, y - TITLE_HEIGHT * 0.25, 0.5);
        }
        String note = String.join("; ", notes);
        g.setColor(Ink.SOFT_TEXT);
        for (String line : Ink.wrap(note, Ink.NOTE, width - 2.0 * MARGIN, TITLE_LINES)) {
            y += NOTE_HEIGHT;
            Ink.text(g, line, Ink.NOTE, width / 2.0, y - NOTE_HEIGHT * 0.3, 0.5);
        }
        return (int) Math.ceil(y);
    }

    private void style(XYStyler styler, int width, int height) {
        styler.setLocale(Locale.ROOT);
        styler.setChartTitleVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartFontColor(Ink.TEXT);
        styler.setChartPadding(MARGIN);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderColor(Ink.BORDER);
        styler.setPlotGridLinesColor(Ink.GRID);
        styler.setPlotGridLinesStroke(Ink.THIN);
        styler.setPlotContentSize(1);
        styler.setPlotMargin(0);
        styler.setAxisTitleFont(Ink.AXIS);
        styler.setAxisTickLabelsFont(Ink.TICK);
        styler.setAxisTickLabelsColor(Ink.TEXT);
        styler.setAxisTickMarksColor(Ink.BORDER);
        styler.setAxisTicksLineVisible(false);
        styler.setXAxisMin(x.low());
        styler.setXAxisMax(x.high());
        styler.setYAxisMin(y.low());
        styler.setYAxisMax(y.high());
        styler.setXAxisLogarithmic(x.logarithmic());
        styler.setYAxisLogarithmic(y.logarithmic());
        styler.setXAxisTickMarkSpacingHint(spacing(x, width, X_SPACING));
        styler.setYAxisTickMarkSpacingHint(spacing(y, height, Y_SPACING));
        if (!x.categories().isEmpty()) {
            styler.setXAxisTickLabelsFormattingFunction(category(x));
            styler.setXAxisLabelRotation(rotation(x, spacing(x, width, X_SPACING)));
        }
        if (!y.categories().isEmpty()) {
            styler.setYAxisTickLabelsFormattingFunction(category(y));
        }
        styler.setLegendFont(Ink.TICK);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setLegendVisible(false);
        styler.setMarkerSize(7);
    }

    /** How close marks may be: the chart takes a round step that is near, and for whole numbers that has to be 1, not 0.5. */
    private static int spacing(Scale scale, int length, int numbers) {
        int least = scale.categories().isEmpty() ? numbers : CATEGORY_SPACING;
        return scale.whole() ? (int) Math.max(least, PLOT_SHARE * length / (scale.high() - scale.low())) : least;
    }

    /** The chart leaves marks out if the labels of the two ends are the same. */
    private static Function<Double, String> category(Scale scale) {
        return position -> {
            long place = Math.round(position);
            boolean exact = Math.abs(position - place) < 1e-6;
            return exact && place >= 0 && place < scale.categories().size()
                    ? shortened(scale.categories().get((int) place))
                    : position < 0 ? " " : "  ";
        };
    }

    private static int rotation(Scale scale, int spacing) {
        double longest = scale.categories().stream()
                .mapToDouble(text -> Ink.width(shortened(text), Ink.TICK))
                .max()
                .orElse(0);
        double room = 0.85 * spacing;
        return longest < room ? 0 : longest * Math.sqrt(0.5) + Ink.TICK.getSize() < room ? 45 : 90;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
