package io.jobmon.core.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;

/** Dots: the more there are, the smaller and the more transparent. */
final class DotPainter {

    private static final int MANY = 1_000;

    private DotPainter() {}

    static void paint(Graphics2D g, Area area, Dots data) {
        boolean many = data.x().length > MANY;
        double size = many ? 3.5 : 6;
        g.setColor(new Color(40, 90, 150, many ? 90 : 150));
        for (int i = 0; i < data.x().length; i++) {
            double x = area.x(data.x()[i]);
            double y = area.y(data.y()[i]);
            g.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
        }
    }
}
