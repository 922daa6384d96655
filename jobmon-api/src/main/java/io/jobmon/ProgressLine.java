package io.jobmon;

import java.time.Instant;

/**
 * How far an experiment is, by {@link Experiment#progress}.
 *
 * @param time when, by the clock of the worker's machine
 * @param host the worker's host
 * @param worker the worker's id
 * @param job the job's name
 * @param experiment the experiment's id, as in {@link Experiment#id}
 * @param progress 0 to 1
 * @since 0.1
 */
public record ProgressLine(Instant time, String host, String worker, String job, String experiment, double progress) {}
