package io.jobmon.core.plot;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Says what the colours of a heat map mean. */
final class ColourBar {

    private static final double GAP = 16;
    private static final double WIDTH = 18;
    private static final double MARK = 4;
    private static final double SPACE = 5;
    private static final double PIXELS_PER_TICK = 55;

    private final Scale scale;
    private final String label;

    ColourBar(Scale scale, String label) {
        this.scale = scale;
        this.label = label;
    }

    private List<Ticks.Tick> ticks(double height) {
        return Ticks.of(scale, (int) Math.max(2, height / PIXELS_PER_TICK));
    }

    /** How much room it takes beside an area of about this height. */
    int width(double height) {
        double longest = ticks(height).stream()
                .mapToDouble(tick -> Ink.width(tick.text(), Ink.TICK))
                .max()
                .orElse(0);
        return (int) Math.ceil(GAP + WIDTH + MARK + SPACE + longest + 2 * SPACE + Ink.AXIS.getSize() + SPACE);
    }

    void paint(Graphics2D g, Area area, double height) {
        double left = area.right() + GAP;
        double tall = area.bottom() - area.top();
        // Steps lie on each other, so that no ground shines through between them.
        for (int i = 0; i < Ramp.STEPS; i++) {
            g.setColor(Ramp.at((i + 0.5) / Ramp.STEPS));
            g.fill(new Rectangle2D.Double(left, area.top(), WIDTH, tall * (Ramp.STEPS - i) / Ramp.STEPS));
        }
        g.setStroke(Ink.THIN);
        g.setColor(Ink.BORDER);
        g.draw(new Rectangle2D.Double(left, area.top(), WIDTH, tall));
        double longest = 0;
        for (Ticks.Tick tick : ticks(height)) {
            double y = area.bottom() - tall * scale.share(tick.value());
            g.setColor(Ink.BORDER);
            g.draw(new Line2D.Double(left + WIDTH, y, left + WIDTH + MARK, y));
            g.setColor(Ink.TEXT);
            Ink.text(g, tick.text(), Ink.TICK, left + WIDTH + MARK + SPACE, y + Ink.TICK.getSize() * 0.36, 0);
            longest = Math.max(longest, Ink.width(tick.text(), Ink.TICK));
        }
        double x = left + WIDTH + MARK + SPACE + longest + 2 * SPACE + Ink.AXIS.getSize() * 0.75;
        Ink.upwards(g, Ink.cut(label, Ink.AXIS, tall), Ink.AXIS, x, area.top() + tall / 2);
    }
}
