package io.jobmon;

/**
 * Told by {@link Sweep#await(ProgressListener)} where the sweep stands.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Where the sweep stands. Called on the waiting thread, a few times a second, and once at the end.
     *
     * @param progress the progress
     */
    void progress(Progress progress);

    /**
     * What waits for what, and other things worth a line. By default nothing.
     *
     * @param line one line of text
     */
    default void notice(String line) {}

    /** The wait is over, however it ended. By default nothing. */
    default void ended() {}
}
