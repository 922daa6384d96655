package io.jobmon.core.isolate;

/**
 * Told line by line what an experiment prints that runs in a process of its own.
 *
 * <p>Thread safety: any number of threads.
 */
public interface PrintListener {

    /**
     * Whether anybody wants to know.
     *
     * @return false if not, for sure
     */
    default boolean heard() {
        return false;
    }

    /**
     * Takes a line. Must not wait.
     *
     * @param stream STDOUT or STDERR
     * @param line the line
     */
    default void printed(String stream, String line) {}
}
