package io.jobmon.cli;

import io.jobmon.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds when it is started.
 *
 * @param jobs the jobs of the user's program
 * @param main the user's program, if it is more than {@code jm}
 * @param terminal where output goes
 * @param environment the environment variables
 * @param folder where jobmon.yaml is looked for
 * @param home the folder of the head that is used when none is named
 */
record Surroundings(
        List<Job<?, ?>> jobs,
        Optional<Class<?>> main,
        Terminal terminal,
        Map<String, String> environment,
        Path folder,
        Path home) {}
