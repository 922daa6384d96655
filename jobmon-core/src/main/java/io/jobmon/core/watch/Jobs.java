package io.jobmon.core.watch;

import io.jobmon.JobStatus;
import io.jobmon.SweepState;
import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.JobNotes;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.SweepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs that were posted, and where their sweeps stand. A sweep costs one call of a script, whatever its size.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Jobs {

    private static final String UNKNOWN = "unknown";
    private static final double LONGEST_SECONDS = 1e12;

    private final Queue queue;
    private final Duration lease;

    /**
     * Looks at the jobs of a queue.
     *
     * @param queue a lane
     * @param lease how long a worker may be silent
     */
    public Jobs(Queue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
    }

    /**
     * The jobs now.
     *
     * @return the newest post first
     */
    public List<JobStatus> all() {
        Map<String, JobNotes.Note> notes = queue.notes().all();
        Map<String, Double> rates = rates();
        List<JobStatus> jobs = new ArrayList<>();
        notes.forEach((hash, note) -> jobs.add(new JobStatus(
                hash,
                ShownText.of(note.name()),
                ShownText.of(note.description()),
                Instant.ofEpochMilli(note.posted()),
                note.commit().equals(UNKNOWN) ? "" : ShownText.of(note.commit()),
                sweeps(hash, rates))));
        jobs.sort(Comparator.comparing(JobStatus::posted).reversed().thenComparing(JobStatus::hash));
        return jobs;
    }

    private List<JobStatus.SweepStatus> sweeps(String hash, Map<String, Double> rates) {
        List<JobStatus.SweepStatus> sweeps = new ArrayList<>();
        for (String id : queue.jobs().sweeps(hash, Integer.MAX_VALUE)) {
            SweepStatus status = queue.sweeps().status(id);
            if (status.exists()) {
                sweeps.add(sweep(id, status, rates.getOrDefault(id, 0.0)));
            }
        }
        return sweeps;
    }

    private static JobStatus.SweepStatus sweep(String id, SweepStatus status, double rate) {
        long left = Math.max(0, status.size() - status.done() - status.dead());
        long running = Math.min(left, status.claimed());
        boolean open = status.state().equals("open");
        return new JobStatus.SweepStatus(
                id,
                SweepState.valueOf(status.state().toUpperCase(Locale.ROOT)),
                status.size(),
                left - running,
                running,
                status.done(),
                status.dead(),
                open ? rate : 0,
                open && rate > 0 && left > 0
                        ? Optional.of(Duration.ofMillis((long) (Math.min(LONGEST_SECONDS, left / rate) * 1000)))
                        : Optional.empty());
    }

    /** What workers say that each sweep brings; it may be anything. */
    private Map<String, Double> rates() {
        Map<String, Double> rates = new HashMap<>();
        for (String card : queue.board().alive(lease).values()) {
            if (Json.object(card).get("rates") instanceof Map<?, ?> said) {
                said.forEach((sweep, rate) -> {
                    if (rate instanceof Number number && Double.isFinite(number.doubleValue())) {
                        rates.merge(String.valueOf(sweep), Math.max(0, number.doubleValue()), Double::sum);
                    }
                });
            }
        }
        return rates;
    }
}
