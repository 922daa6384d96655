package io.jobmon.core.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.colors.ColorBlindFriendlySeriesColors;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines by the chart, their intervals on top. */
final class LinePainter {

    private static final Color[] ALL = new ColorBlindFriendlySeriesColors().getSeriesColors();

    /** Without yellow, which is hard to see on white. */
    private static final Color[] COLOURS = {ALL[5], ALL[6], ALL[3], ALL[7], ALL[1], ALL[2], ALL[0]};

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN
    };
    private static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke BAR = new BasicStroke(1.3f);
    private static final double CAP = 3;
    private static final double LEGEND_WIDTH = 170;

    private final List<Lines.Line> lines;

    LinePainter(List<Lines.Line> lines) {
        this.lines = lines;
    }

    void add(XYChart chart) {
        for (int i = 0; i < lines.size(); i++) {
            Lines.Line line = lines.get(i);
            XYSeries series = chart.addSeries("line " + i, line.x(), line.mean());
            series.setLabel(Ink.cut(line.name(), Ink.TICK, LEGEND_WIDTH));
            series.setLineColor(colour(i));
            series.setLineStyle(LINE);
            series.setMarkerColor(colour(i));
            series.setMarker(MARKERS[i % MARKERS.length]);
        }
        chart.getStyler().setLegendVisible(!lines.get(0).name().isEmpty());
    }

    private static Color colour(int line) {
        return COLOURS[line % COLOURS.length];
    }

    void paint(Graphics2D g, Area area) {
        g.setStroke(BAR);
        for (int i = 0; i < lines.size(); i++) {
            Lines.Line line = lines.get(i);
            g.setColor(colour(i));
            for (int k = 0; k < line.x().length; k++) {
                if (Double.isFinite(line.low()[k]) && line.low()[k] < line.high()[k]) {
                    double x = area.x(line.x()[k]);
                    double high = area.y(line.high()[k]);
                    boolean below = line.low()[k] < area.y().low();
                    double low = below ? area.bottom() : area.y(line.low()[k]);
                    g.draw(new Line2D.Double(x, low, x, high));
                    g.draw(new Line2D.Double(x - CAP, high, x + CAP, high));
                    if (!below) {
                        g.draw(new Line2D.Double(x - CAP, low, x + CAP, low));
                    }
                }
            }
        }
    }
}
