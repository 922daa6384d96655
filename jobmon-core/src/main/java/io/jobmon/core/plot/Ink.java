package io.jobmon.core.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/** Fonts, colours, text. */
final class Ink {

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
    static final Font NOTE = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    static final Color TEXT = new Color(40, 40, 40);
    static final Color SOFT_TEXT = new Color(95, 95, 95);
    static final Color BORDER = new Color(130, 130, 130);
    static final Color GRID = new Color(226, 226, 226);
    static final BasicStroke THIN = new BasicStroke(1f);

    /** The same measure in every picture, whatever it is drawn on. */
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private Ink() {}

    static double width(String text, Font font) {
        return text.isEmpty() ? 0 : new TextLayout(text, font, CONTEXT).getAdvance();
    }

    /**
     * Draws a line of text as outlines.
     *
     * @param g where
     * @param text the text
     * @param font its font
     * @param x where it is
     * @param y its base line
     * @param align 0 if it begins at x, 0.5 if it is centred, 1 if it ends there
     */
    static void text(Graphics2D g, String text, Font font, double x, double y, double align) {
        if (!text.isBlank()) {
            TextLayout layout = new TextLayout(text, font, CONTEXT);
            double left = x - align * layout.getAdvance();
            g.fill(layout.getOutline(AffineTransform.getTranslateInstance(left, y)));
        }
    }

    /** Draws a line of text that runs upwards, centred at a place. */
    static void upwards(Graphics2D g, String text, Font font, double x, double y) {
        if (!text.isBlank()) {
            TextLayout layout = new TextLayout(text, font, CONTEXT);
            AffineTransform turned = AffineTransform.getTranslateInstance(x, y + layout.getAdvance() / 2);
            turned.rotate(-Math.PI / 2);
            g.fill(layout.getOutline(turned));
        }
    }

    /** Breaks a text into lines; what does not fit into the last one is cut. */
    static List<String> wrap(String text, Font font, double width, int most) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (line.isEmpty() || width(longer, font) <= width || lines.size() == most - 1) {
                line = longer;
            } else {
                lines.add(line);
                line = word;
            }
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines.stream().map(each -> cut(each, font, width)).toList();
    }

    /** Cuts a text to a width. */
    static String cut(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        int fits = 0;
        int end = text.length();
        while (fits < end) {
            int middle = (fits + end + 1) / 2;
            if (width(text.substring(0, middle) + "...", font) <= width) {
                fits = middle;
            } else {
                end = middle - 1;
            }
        }
        return text.substring(0, fits).strip() + "...";
    }
}
