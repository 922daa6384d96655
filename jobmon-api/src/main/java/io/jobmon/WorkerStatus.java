package io.jobmon;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A worker that is alive, by what it said with its last heartbeat. What cannot be told is empty, 0, or 1970.
 *
 * @param id its id, as in {@link Result#worker()}
 * @param host the name that its machine gives itself
 * @param pid its process there
 * @param slots how many experiments it runs at once
 * @param status {@code working}, also when there is nothing to do; {@code resting} while it takes none of a sweep because its
 *     last experiments all failed; {@code stopping}
 * @param history for how long it had been in that status when it last said that it lives; told to the heartbeat
 * @param since when it started, by its machine's clock
 * @param job the names of the jobs whose experiments it runs or has taken, with commas; when it has none, of the jobs that it
 *     can run
 * @param rate experiments per second that ended there, over the last minute or, if hardly any did, the last ten
 * @param failures attempts that failed there since it started
 * @param age how long ago it last said that it lives
 * @param place the name of its host in the fleet; empty if nobody launched it
 * @param launch the launch that it belongs to; empty if nobody launched it
 * @param tags what its machine offers, see {@link Posting#requires}
 * @since 0.1
 */
public record WorkerStatus(
        String id,
        String host,
        long pid,
        int slots,
        String status,
        Duration history,
        Instant since,
        String job,
        double rate,
        long failures,
        Duration age,
        String place,
        String launch,
        List<String> tags) {

    /**
     * Copies the list.
     *
     * @param id its id
     * @param host the name that its machine gives itself
     * @param pid its process there
     * @param slots how many experiments it runs at once
     * @param status working, resting or stopping
     * @param history for how long it had been in that status
     * @param since when it started
     * @param job the names of jobs
     * @param rate experiments per second
     * @param failures attempts that failed
     * @param age how long ago it last said that it lives
     * @param place the name of its host in the fleet
     * @param launch the launch that it belongs to
     * @param tags what its machine offers
     */
    public WorkerStatus {
        tags = List.copyOf(tags);
    }

    /**
     * All that a person wants to know, such as {@code node1-4711-03af on me@node1: working for 42 s, 16 slots, Percolation,
     * 13/s, 2 failures, since 2026-11-26T14:00:00Z, seen 1.2 s ago}.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return id + " on " + (place.isEmpty() ? host : place) + ": " + status + lasting() + ", " + slots
                + (slots == 1 ? " slot" : " slots") + (job.isEmpty() ? "" : ", " + job)
                + String.format(Locale.ROOT, rate < 10 ? ", %.2f/s" : ", %,.0f/s", rate)
                + (failures == 0 ? "" : ", " + failures + (failures == 1 ? " failure" : " failures"))
                + ", since " + since.truncatedTo(ChronoUnit.SECONDS)
                + String.format(Locale.ROOT, ", seen %.1f s ago", age.toMillis() / 1000.0)
                + (tags.isEmpty() ? "" : ", " + String.join(" ", tags));
    }

    private String lasting() {
        long seconds = history.toSeconds();
        if (seconds == 0) {
            return "";
        }
        return " for "
                + (seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h");
    }
}
