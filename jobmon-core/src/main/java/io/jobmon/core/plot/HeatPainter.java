package io.jobmon.core.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/** Cells. */
final class HeatPainter {

    /** Smaller cells than this are not crossed out, only grey. */
    private static final double CROSSED = 6;

    private final HeatMap map;
    private final double[] xBorders;
    private final double[] yBorders;
    private final boolean logX;
    private final boolean logY;
    private final Scale colours;

    HeatPainter(HeatMap map, boolean logX, boolean logY, boolean logColour) {
        this.map = map;
        this.logX = logX;
        this.logY = logY;
        this.xBorders = HeatMap.borders(map.x().positions(), logX);
        this.yBorders = HeatMap.borders(map.y().positions(), logY);
        this.colours = Scale.exactly(map.low(), map.high(), logColour);
    }

    Scale x() {
        return scale(map.x(), xBorders, logX);
    }

    Scale y() {
        return scale(map.y(), yBorders, logY);
    }

    Scale colours() {
        return colours;
    }

    private static Scale scale(AxisValues axis, double[] borders, boolean logarithmic) {
        return axis.numeric()
                ? Scale.between(borders[0], borders[borders.length - 1], logarithmic)
                        .ofWhole(axis.whole())
                : Scale.of(axis, false);
    }

    void paint(Graphics2D g, Area area) {
        double[] x = Arrays.stream(xBorders).map(area::x).toArray();
        double[] y = Arrays.stream(yBorders).map(area::y).toArray();
        // Smooth edges would let the ground shine through between cells.
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int row = 0; row < map.y().size(); row++) {
            int column = 0;
            while (column < map.x().size()) {
                Color colour = colour(column, row);
                int end = column + 1;
                while (end < map.x().size() && colour.equals(colour(end, row))) {
                    end++;
                }
                g.setColor(colour);
                g.fill(new Rectangle2D.Double(x[column], y[row + 1], x[end] - x[column], y[row] - y[row + 1]));
                column = end;
            }
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setStroke(Ink.THIN);
        g.setColor(Ink.BORDER);
        cross(g, x, y);
        g.draw(area.box());
    }

    private Color colour(int column, int row) {
        double mean = map.means()[column][row];
        return Double.isNaN(mean) ? Ramp.MISSING : Ramp.at(colours.share(mean));
    }

    private void cross(Graphics2D g, double[] x, double[] y) {
        for (int column = 0; column < map.x().size(); column++) {
            for (int row = 0; row < map.y().size(); row++) {
                boolean large = x[column + 1] - x[column] >= CROSSED && y[row] - y[row + 1] >= CROSSED;
                if (large && Double.isNaN(map.means()[column][row])) {
                    g.draw(new Line2D.Double(x[column], y[row], x[column + 1], y[row + 1]));
                    g.draw(new Line2D.Double(x[column], y[row + 1], x[column + 1], y[row]));
                }
            }
        }
    }
}
