package io.jobmon.core.identity;

import java.nio.file.Path;

/**
 * A file of a command job.
 *
 * @param name its name: a relative path with slashes
 * @param path where it lies here
 * @param sha256 64 hex digits over its content
 * @param executable whether it may be run
 */
public record CommandFile(String name, Path path, String sha256, boolean executable) {}
