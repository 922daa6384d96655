package io.jobmon;

import io.jobmon.spi.Engine;

/**
 * Listeners that show progress to a person.
 *
 * @since 0.1
 */
public final class ProgressBar {

    private ProgressBar() {}

    /**
     * A bar with rate, failures and time left on a terminal; elsewhere a plain line every ten seconds.
     *
     * @return the listener, for one {@code await} at a time
     */
    public static ProgressListener console() {
        return Engine.find().consoleBar();
    }
}
