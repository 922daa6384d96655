package io.jobmon.cli;

import io.jobmon.Posting;
import io.jobmon.spi.JobDefaults;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job is to be run; what is not said here is as jobmon.yaml says. */
final class PostOptions {

    @Option(names = "--seed", paramLabel = "N", description = "The master seed; default 0.")
    private @Nullable Long seed;

    @Option(names = "--common-random-numbers", description = "Replicate k gets the same random numbers at every point.")
    private boolean common;

    @Option(names = "--attempts", paramLabel = "N", description = "How often an experiment may fail; default 3.")
    private @Nullable Integer attempts;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "The longest an experiment may take, such as 30s, 10m, 4h; default none.")
    private @Nullable Duration timeout;

    @Option(names = "--keep-going", description = "Go on even when all fail.")
    private boolean keepGoing;

    @Option(names = "--priority", paramLabel = "N", description = "Higher ones are run first; default 0.")
    private @Nullable Integer priority;

    @Option(
            names = "--requires",
            paramLabel = "TAG",
            split = ",",
            description = "Only workers that carry all these tags may run it.")
    private List<String> tags = List.of();

    <P, R> Posting<P, R> on(Posting<P, R> posting, JobDefaults defaults) {
        if (seed != null) {
            posting.seed(seed);
        }
        if (common) {
            posting.commonRandomNumbers();
        }
        if (attempts != null) {
            posting.attempts(attempts);
        } else {
            defaults.attempts().ifPresent(posting::attempts);
        }
        if (timeout != null) {
            posting.timeout(timeout);
        } else {
            defaults.timeout().ifPresent(posting::timeout);
        }
        if (keepGoing) {
            posting.keepGoing();
        }
        if (priority != null) {
            posting.priority(priority);
        }
        if (!tags.isEmpty()) {
            posting.requires(tags.toArray(String[]::new));
        }
        return posting;
    }
}
