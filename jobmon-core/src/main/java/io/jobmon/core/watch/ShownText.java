package io.jobmon.core.watch;

/**
 * Text from Redis as it may be shown: anybody who can write there may have written it, and it must not steer a terminal.
 *
 * <p>Thread safety: stateless.
 */
public final class ShownText {

    private static final int LONGEST = 255;

    private ShownText() {}

    /**
     * Makes a text fit to be shown.
     *
     * @param text any text
     * @return the text on one line, shortened
     */
    public static String of(String text) {
        return shortened(text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?"));
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
