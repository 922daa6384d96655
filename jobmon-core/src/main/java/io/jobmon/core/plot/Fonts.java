package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import java.awt.AWTError;
import java.awt.image.BufferedImage;

/** Whether this JVM can draw text. */
final class Fonts {

    private Fonts() {}

    /** Refuses what would fail later with an error of the JDK's own that nobody understands. */
    static void check() {
        try {
            new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().dispose();
        } catch (AWTError | LinkageError e) {
            throw new JobMonException(
                    "The display that DISPLAY names cannot be reached (" + e.getMessage()
                            + "); a plot needs none: unset DISPLAY, or start Java with -Djava.awt.headless=true.",
                    e);
        }
        try {
            Ink.width("0", Ink.TICK);
        } catch (Error | RuntimeException e) { // the JDK has one of each for this
            if (e instanceof VirtualMachineError error && !(e instanceof InternalError)) {
                throw error;
            }
            throw new JobMonException(
                    "This machine has no font that Java can draw with (" + e
                            + "), and text in a plot, PNG or SVG, needs"
                            + " one: install fontconfig and a font (Debian: apt install fontconfig fonts-dejavu-core), or"
                            + " write the results as CSV and draw them elsewhere.",
                    e);
        }
    }
}
