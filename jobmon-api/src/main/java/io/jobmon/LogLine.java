package io.jobmon;

import java.time.Instant;

/**
 * A line that a worker has logged, or that something has printed which it runs.
 *
 * @param time when, by the clock of the worker's machine
 * @param level ERROR, WARN, INFO, DEBUG or TRACE; STDOUT or STDERR of what was printed
 * @param host the worker's host
 * @param worker the worker's id, as in {@link WorkerStatus#id} and {@link Result#worker}
 * @param job the job's name; empty if it belongs to no experiment
 * @param experiment the experiment's id, as in {@link Experiment#id}; empty if it belongs to none
 * @param text what it says, at most 8,192 characters, with the stack trace of what was thrown
 * @since 0.1
 */
public record LogLine(
        Instant time, String level, String host, String worker, String job, String experiment, String text) {

    /**
     * The line as a person reads it.
     *
     * @return time, level, worker, experiment, text
     */
    @Override
    public String toString() {
        return time + " " + level + " " + worker + (experiment.isEmpty() ? "" : " " + job + " " + experiment) + ": "
                + text;
    }
}
