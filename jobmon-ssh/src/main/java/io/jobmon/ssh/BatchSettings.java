package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a user says of a batch scheduler, checked when it is said. Every method that changes it returns a copy.
 *
 * @param workers how many workers an array has
 * @param time how long a worker may run
 * @param queue the partition or queue, if not the scheduler's default
 * @param options further options of the command that submits
 */
record BatchSettings(int workers, Duration time, Optional<String> queue, List<Option> options) {

    static final int MOST_WORKERS = 100_000;
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(365);
    static final BatchSettings DEFAULT = new BatchSettings(1, Duration.ofHours(1), Optional.empty(), List.of());

    /** A further option: a name without dashes, and a value or nothing. */
    record Option(String name, String value) {}

    BatchSettings {
        options = List.copyOf(options);
    }

    BatchSettings workers(int number) {
        if (number < 1 || number > MOST_WORKERS) {
            throw new JobMonException("workers is " + number + "; give 1 to " + MOST_WORKERS + ".");
        }
        return new BatchSettings(number, time, queue, options);
    }

    BatchSettings time(Duration limit) {
        if (limit == null || limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new JobMonException("The time of a worker is " + limit + "; give from a minute to 365 days.");
        }
        return new BatchSettings(workers, limit, queue, options);
    }

    /** Several may have one separated by commas, and Grid Engine writes queues as name@host: so it is one line without spaces. */
    BatchSettings queue(String name, String what) {
        if (name == null || !name.matches("[^\\s\\p{Cntrl}-][^\\s\\p{Cntrl}]*")) {
            throw new JobMonException("'" + Texts.excerpt(name) + "' is no name of a " + what
                    + "; give one without spaces that does not begin with a dash.");
        }
        return new BatchSettings(workers, time, Optional.of(name), options);
    }

    BatchSettings option(String name, String value, OptionRule rule) {
        rule.check(name, value);
        List<Option> all = new ArrayList<>(options);
        all.add(new Option(name, value));
        return new BatchSettings(workers, time, queue, all);
    }

    /** The time in whole minutes, rounded up: some schedulers know nothing shorter. */
    long minutes() {
        return time.plus(SHORTEST).minusNanos(1).toMinutes();
    }
}
