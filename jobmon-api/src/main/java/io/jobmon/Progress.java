package io.jobmon;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a sweep stands.
 *
 * @param state the sweep's state
 * @param size how many experiments there are
 * @param done how many have a result
 * @param dead how many have failed for good
 * @param running how many are claimed by workers
 * @param rate outcomes per second of late; 0 if unknown
 * @param elapsed since this handle of the sweep was made
 * @param remaining how long the rest will take at this rate, empty if unknown
 * @since 0.1
 */
public record Progress(
        SweepState state,
        long size,
        long done,
        long dead,
        long running,
        double rate,
        Duration elapsed,
        Optional<Duration> remaining) {

    /**
     * How many wait: neither claimed nor ended.
     *
     * @return the number
     */
    public long pending() {
        return Math.max(0, size - done - dead - running);
    }

    /**
     * Whether every experiment has its outcome.
     *
     * @return true if so
     */
    public boolean complete() {
        return done + dead == size;
    }
}
