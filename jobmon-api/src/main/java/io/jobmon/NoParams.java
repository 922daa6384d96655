package io.jobmon;

/**
 * The parameters of a job that has none.
 *
 * @since 0.1
 */
public record NoParams() {}
