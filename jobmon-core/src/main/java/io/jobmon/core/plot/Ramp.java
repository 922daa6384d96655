package io.jobmon.core.plot;

import java.awt.Color;

/**
 * The colours of a heat map: from a dark violet over blue and green to a light yellow. Lightness grows evenly, so that the order
 * can be seen by who sees no hues, and in print without colour. Computed in CIE L*a*b* (CIE 15:2004, section 8.2.1; white D65)
 * and brought to sRGB (IEC 61966-2-1); chroma is least where that has least, so that it changes without a step.
 */
final class Ramp {

    static final int STEPS = 256;

    /** Of a cell without a value. No colour of the ramp is grey. */
    static final Color MISSING = new Color(232, 232, 232);

    private static final double DARKEST = 18;
    private static final double LIGHTEST = 92;
    private static final double FIRST_HUE = 310;
    private static final double LAST_HUE = 100;
    private static final double LEAST_CHROMA = 27;
    private static final double LEAST_CHROMA_AT = 0.36;
    private static final double MORE_CHROMA_BELOW = 210;
    private static final double MORE_CHROMA_ABOVE = 150;

    private static final Color[] COLOURS = new Color[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) {
            COLOURS[i] = computed(i / (STEPS - 1.0));
        }
    }

    private Ramp() {}

    /** The colour at a share from 0 to 1. */
    static Color at(double share) {
        return COLOURS[(int) Math.max(0, Math.min(STEPS - 1, Math.floor(share * STEPS)))];
    }

    private static Color computed(double share) {
        double lightness = DARKEST + share * (LIGHTEST - DARKEST);
        double hue = Math.toRadians(FIRST_HUE + share * (LAST_HUE - FIRST_HUE));
        double away = share - LEAST_CHROMA_AT;
        double chroma = LEAST_CHROMA + (away < 0 ? MORE_CHROMA_BELOW : MORE_CHROMA_ABOVE) * away * away;
        double[] rgb = linear(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
        return new Color(coded(rgb[0]), coded(rgb[1]), coded(rgb[2]));
    }

    private static double[] linear(double lightness, double a, double b) {
        double middle = (lightness + 16) / 116;
        double x = 0.95047 * cubed(middle + a / 500);
        double y = cubed(middle);
        double z = 1.08883 * cubed(middle - b / 200);
        return new double[] {
            3.2406 * x - 1.5372 * y - 0.4986 * z,
            -0.9689 * x + 1.8758 * y + 0.0415 * z,
            0.0557 * x - 0.2040 * y + 1.0570 * z
        };
    }

    private static double cubed(double t) {
        return t > 6.0 / 29 ? t * t * t : 3 * (6.0 / 29) * (6.0 / 29) * (t - 4.0 / 29);
    }

    private static int coded(double linear) {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
}
