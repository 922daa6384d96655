package io.jobmon;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A job that was posted, and where its sweeps stand. What is not known is empty.
 *
 * @param hash the job's hash, as in {@link Sweep#jobHash()}
 * @param name its name
 * @param description what {@link Posting#describe} or {@link JobMon#describe} said
 * @param posted when it was last posted, by Redis' clock
 * @param gitCommit the commit of the checkout that posted it, with {@code (dirty)} behind it if tracked files had changed
 * @param sweeps its sweeps, the newest post first
 * @since 0.1
 */
public record JobStatus(
        String hash, String name, String description, Instant posted, String gitCommit, List<SweepStatus> sweeps) {

    /**
     * Where a sweep of a job stands.
     *
     * @param id the sweep
     * @param state its state
     * @param size how many experiments it has
     * @param pending how many wait: neither claimed nor ended
     * @param running how many are claimed by workers
     * @param done how many have a result
     * @param dead how many have failed for good
     * @param rate results per second lately, by what workers said with their last heartbeats; 0 if none runs it
     * @param remaining how long the rest will take at this rate, empty if unknown
     */
    public record SweepStatus(
            String id,
            SweepState state,
            long size,
            long pending,
            long running,
            long done,
            long dead,
            double rate,
            Optional<Duration> remaining) {

        /**
         * All that a person wants to know.
         *
         * @return one line, such as {@code 3f0c2a open: 1,200 of 4,200 done, 2 failed, 8 running, 2,990 pending, 350/s}
         */
        @Override
        public String toString() {
            return String.format(
                            Locale.ROOT,
                            "%s %s: %,d of %,d done",
                            id,
                            state.name().toLowerCase(Locale.ROOT),
                            done,
                            size)
                    + (dead == 0 ? "" : String.format(Locale.ROOT, ", %,d failed", dead))
                    + (running == 0 ? "" : String.format(Locale.ROOT, ", %,d running", running))
                    + (pending == 0 ? "" : String.format(Locale.ROOT, ", %,d pending", pending))
                    + (rate == 0 ? "" : String.format(Locale.ROOT, rate < 10 ? ", %.2f/s" : ", %,.0f/s", rate))
                    + remaining
                            .map(time -> ", about " + time.truncatedTo(ChronoUnit.SECONDS) + " left")
                            .orElse("");
        }
    }

    /**
     * Copies the list.
     *
     * @param hash the job's hash
     * @param name its name
     * @param description its description
     * @param posted when it was last posted
     * @param gitCommit the commit of the checkout
     * @param sweeps its sweeps
     */
    public JobStatus {
        sweeps = List.copyOf(sweeps);
    }

    /**
     * How many experiments wait, in all sweeps.
     *
     * @return the number
     */
    public long pending() {
        return sweeps.stream().mapToLong(SweepStatus::pending).sum();
    }

    /**
     * How many experiments are claimed by workers, in all sweeps.
     *
     * @return the number
     */
    public long running() {
        return sweeps.stream().mapToLong(SweepStatus::running).sum();
    }

    /**
     * How many experiments have a result, in all sweeps.
     *
     * @return the number
     */
    public long done() {
        return sweeps.stream().mapToLong(SweepStatus::done).sum();
    }

    /**
     * How many experiments have failed for good, in all sweeps.
     *
     * @return the number
     */
    public long dead() {
        return sweeps.stream().mapToLong(SweepStatus::dead).sum();
    }

    /**
     * The job in one line, and a line for each sweep.
     *
     * @return the lines
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(hash.substring(0, Math.min(12, hash.length())))
                .append(' ')
                .append(name)
                .append(description.isEmpty() ? "" : ": " + description)
                .append(", posted ")
                .append(posted.truncatedTo(ChronoUnit.SECONDS))
                .append(gitCommit.isEmpty() ? "" : ", commit " + gitCommit);
        sweeps.forEach(sweep -> text.append("\n  ").append(sweep));
        return text.toString();
    }
}
