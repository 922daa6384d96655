package io.jobmon.core.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** Bars of a histogram. */
final class BarPainter {

    private static final Color COLOUR = new Color(60, 110, 165);
    private static final double GAP = 1;

    private BarPainter() {}

    static void paint(Graphics2D g, Area area, Histogram data) {
        g.setColor(COLOUR);
        for (int bin = 0; bin < data.counts().length; bin++) {
            if (data.counts()[bin] > 0) {
                double left = area.x(data.borders()[bin]);
                double right = area.x(data.borders()[bin + 1]);
                double top = area.y(data.counts()[bin]);
                double gap = right - left > 3 * GAP ? GAP : 0;
                g.fill(new Rectangle2D.Double(left + gap / 2, top, right - left - gap, area.bottom() - top));
            }
        }
        g.setStroke(Ink.THIN);
        g.setColor(Ink.BORDER);
        g.draw(area.box());
    }
}
