package io.jobmon.core.plot;

import java.awt.Graphics2D;

/**
 * A picture, to be painted on anything.
 *
 * @param width in pixels
 * @param height in pixels
 * @param title what it shows
 * @param description its labels and notes, for who cannot see it
 * @param painting paints it
 */
record Picture(int width, int height, String title, String description, Painting painting) {

    /** Paints. */
    interface Painting {
        void paint(Graphics2D g);
    }
}
