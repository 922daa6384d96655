package io.jobmon.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How jobmon.yaml wants a job to be posted. Thread safety: immutable.
 *
 * @param description what the job is about
 * @param replicates how many runs each point gets
 * @param attempts how often an experiment is tried
 * @param timeout how long one attempt may take
 */
public record JobDefaults(
        Optional<String> description, OptionalInt replicates, OptionalInt attempts, Optional<Duration> timeout) {

    /** Nothing is said. */
    public static final JobDefaults NONE =
            new JobDefaults(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
}
