package io.jobmon;

/**
 * What a program left: its exit code and what it printed, read as UTF-8.
 *
 * <p>Thread safety: immutable.
 *
 * @param exitCode the exit code; of a program that was ended by a signal, 128 and the signal's number
 * @param stdout its standard output, at most {@link CommandJob#outputLimit(long)} bytes
 * @param stderr the end of its standard error, at most 64 KiB
 * @since 0.1
 */
public record CommandOutput(int exitCode, String stdout, String stderr) {}
