package io.jobmon.core.plot;

import java.awt.geom.Rectangle2D;
import org.knowm.xchart.XYChart;

/** Where a painted chart has put its scales, in pixels. */
record Area(Scale x, Scale y, double left, double right, double top, double bottom) {

    /** Asks inside: at the very ends rounding may leave the chart. */
    static Area of(XYChart chart, Scale x, Scale y) {
        double x1 = chart.getScreenXFromChart(x.at(0.25));
        double x3 = chart.getScreenXFromChart(x.at(0.75));
        double y1 = chart.getScreenYFromChart(y.at(0.25));
        double y3 = chart.getScreenYFromChart(y.at(0.75));
        return new Area(x, y, x1 - (x3 - x1) / 2, x3 + (x3 - x1) / 2, y3 + (y3 - y1) / 2, y1 - (y3 - y1) / 2);
    }

    double x(double value) {
        return left + x.share(value) * (right - left);
    }

    double y(double value) {
        return bottom + y.share(value) * (top - bottom);
    }

    Rectangle2D box() {
        return new Rectangle2D.Double(left, top, right - left, bottom - top);
    }
}
