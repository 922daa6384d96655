package io.jobmon.core;

import io.jobmon.JobMonException;
import io.jobmon.core.claim.Launch;
import io.jobmon.core.queue.Board;
import io.jobmon.core.run.Allocation;
import io.jobmon.core.watch.Notices;
import java.lang.management.ManagementFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a launcher says of the worker itself: who launched it, where, and for how long. */
final class LaunchVariables {

    private static final String LAUNCH = "JOBMON_LAUNCH";
    private static final String PLACE = "JOBMON_PLACE";
    private static final String IDLE = "JOBMON_IDLE";
    private static final String LOG = "JOBMON_LOG";
    private static final String END = "JOBMON_END_TIME";
    private static final String WALLTIME = "JOBMON_WALLTIME";
    private static final String SLURM_END = "SLURM_JOB_END_TIME";
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final int LONGEST_PLACE = 255;

    private LaunchVariables() {}

    /**
     * Reads them.
     *
     * @param environment the variables
     * @param clock this machine's clock, by which its scheduler ends what runs
     */
    static Launch read(Map<String, String> environment, InstantSource clock) {
        return new Launch(
                launch(environment),
                place(environment),
                duration(environment, IDLE, "PT1H"),
                log(environment),
                allocation(environment, clock));
    }

    private static String launch(Map<String, String> environment) {
        String id = environment.getOrDefault(LAUNCH, "");
        if (environment.containsKey(LAUNCH) && !id.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new JobMonException(
                    LAUNCH + " is '" + id + "'; give 1 to 100 letters, digits, dots, dashes and underscores.");
        }
        return id;
    }

    private static String place(Map<String, String> environment) {
        String place = environment.getOrDefault(PLACE, "");
        if (environment.containsKey(PLACE)
                && (place.isBlank()
                        || place.length() > LONGEST_PLACE
                        || place.chars().anyMatch(Character::isISOControl)
                        || place.equals(Board.ALL))) {
            throw new JobMonException(PLACE + " is '" + place + "'; give the host's name in the fleet, at most "
                    + LONGEST_PLACE + " characters, none of them a control character, and not " + Board.ALL + ".");
        }
        return place;
    }

    /** A time that must be positive, and such that sums of it stay within a long. */
    static Optional<Duration> duration(Map<String, String> environment, String name, String example) {
        String text = environment.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            Duration time = Duration.parse(text.trim());
            if (time.compareTo(Duration.ZERO) > 0 && time.compareTo(LONGEST) < 0) {
                return Optional.of(time);
            }
        } catch (DateTimeException e) {
            throw new JobMonException(name + " is '" + text + "'; give a duration such as " + example + ".", e);
        }
        throw new JobMonException(name + " is '" + text
                + "'; give one that is positive and shorter than a century, such as " + example + ".");
    }

    private static Optional<Path> log(Map<String, String> environment) {
        String file = environment.get(LOG);
        if (file == null) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(file);
            if (path.getFileName() != null && !file.isBlank()) {
                return Optional.of(path);
            }
        } catch (InvalidPathException e) {
            throw new JobMonException(LOG + " is '" + file + "', which is no path; give that of a file.", e);
        }
        throw new JobMonException(LOG + " is '" + file + "', which names no file; give the path of one.");
    }

    private static Allocation allocation(Map<String, String> environment, InstantSource clock) {
        Optional<Instant> end = end(environment);
        return end.isEmpty() ? Allocation.ENDLESS : Allocation.of(started(), end.get(), clock);
    }

    /** What is said outright wins; of the others the earlier. */
    private static Optional<Instant> end(Map<String, String> environment) {
        String said = environment.get(END);
        Optional<Instant> slurm = slurm(environment.get(SLURM_END));
        Optional<Instant> walltime = duration(environment, WALLTIME, "PT4H").map(started()::plus);
        if (said != null) {
            return Optional.of(epoch(said)
                    .orElseThrow(() -> new JobMonException(
                            END + " is '" + said + "'; give seconds since 1970, as `date +%s` prints them.")));
        }
        return Stream.of(slurm, walltime).flatMap(Optional::stream).min(Instant::compareTo);
    }

    /** Nobody can mend what Slurm sets: a job without a limit has none or 0. */
    private static Optional<Instant> slurm(@Nullable String text) {
        if (text == null || text.isBlank() || text.trim().equals("0")) {
            return Optional.empty();
        }
        Optional<Instant> end = epoch(text);
        if (end.isEmpty()) {
            Notices.say(
                    SLURM_END + " is '" + text + "', which is no time in seconds since 1970: the worker does not know"
                            + " when its allocation ends. Set " + END + ".");
        }
        return end;
    }

    private static Optional<Instant> epoch(String text) {
        String digits = text.trim();
        return digits.matches("[1-9]\\d{0,10}")
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(digits)))
                : Optional.empty();
    }

    private static Instant started() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
