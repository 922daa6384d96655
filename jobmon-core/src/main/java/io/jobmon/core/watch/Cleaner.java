package io.jobmon.core.watch;

import io.jobmon.GcReport;
import io.jobmon.GcReport.Item;
import io.jobmon.GcReport.Kind;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.JobNotes;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what people no longer want, and what nobody needs.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Cleaner {

    private static final Duration OLD = Duration.ofDays(1);

    private final Queue queue;
    private final Duration lease;

    /**
     * Cleans a queue.
     *
     * @param queue a lane
     * @param lease how long a worker may be silent
     */
    public Cleaner(Queue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
    }

    /**
     * Deletes a job with all its sweeps.
     *
     * @param job the whole hash
     * @param runningToo whether also while workers run it
     * @throws JobMonException if workers run it and that is not wanted
     */
    public void clean(String job, boolean runningToo) {
        List<String> sweeps = queue.jobs().sweeps(job, Integer.MAX_VALUE);
        List<String> running = new ArrayList<>();
        for (String sweep : runningToo ? List.<String>of() : sweeps) {
            if (queue.sweeps().status(sweep).claims() > 0) {
                running.add(sweep);
            }
        }
        for (String sweep : running.isEmpty() ? sweeps : List.<String>of()) {
            if (!remove(job, sweep, runningToo)) {
                running.add(sweep);
                break;
            }
        }
        if (!running.isEmpty()) {
            throw new JobMonException("Workers are running the sweeps " + running + " of this job; cancel them first"
                    + " (sweep.cancel()), and clean when their experiments have ended, or clean with"
                    + " CleanOption.RUNNING_TOO.");
        }
        queue.jobs().forget(job);
    }

    private boolean remove(String job, String sweep, boolean runningToo) {
        String base = queue.sweeps()
                .meta(sweep)
                .map(SweepMeta::identity)
                .map(SweepMeta.Identity::base)
                .orElse(job);
        if (!queue.sweeps().clean(sweep, runningToo)) {
            return false;
        }
        queue.jobs().forget(job, base, sweep);
        return true;
    }

    /**
     * Finds garbage.
     *
     * @param remove whether to remove it
     * @return what it is
     */
    public GcReport collect(boolean remove) {
        List<Item> items = new ArrayList<>();
        long now = queue.board().now();
        Set<String> held = held();
        Map<String, JobNotes.Note> jobs = queue.notes().all();
        jobs.forEach((hash, note) -> {
            boolean old = now - note.posted() > OLD.toMillis();
            List<String> left = new ArrayList<>(queue.jobs().sweeps(hash, Integer.MAX_VALUE));
            for (String sweep : old ? List.copyOf(left) : List.<String>of()) {
                Optional<String> why = useless(sweep, held);
                if (why.isPresent() && (!remove || !again(hash, note) && remove(hash, sweep, false))) {
                    left.remove(sweep);
                    items.add(new Item(Kind.SWEEP, sweep, note.name() + ", " + why.get()));
                }
            }
            if (old && left.isEmpty() && !again(hash, note)) {
                items.add(new Item(
                        Kind.JOB, hash, note.name() + " has no sweeps, posted " + Instant.ofEpochMilli(note.posted())));
                if (remove) {
                    queue.jobs().forget(hash);
                }
            }
        });
        ghosts(items, jobs.keySet(), remove);
        for (String worker : queue.board().silent(OLD)) {
            items.add(new Item(Kind.WORKER, worker, "silent for more than a day"));
            if (remove) {
                queue.board().leave(worker);
            }
        }
        return new GcReport(remove, items);
    }

    /** Whether it was posted since it was looked at. */
    private boolean again(String job, JobNotes.Note note) {
        return queue.notes().posted(job) != note.posted();
    }

    private void ghosts(List<Item> items, Set<String> jobs, boolean remove) {
        Set<String> removed = new HashSet<>();
        items.forEach(item -> removed.add(item.id()));
        for (String ghost : queue.jobs().ghosts()) {
            if (removed.add(ghost)) {
                items.add(new Item(Kind.ENTRY, ghost, "the sweep is gone"));
                for (String job : remove ? jobs : Set.<String>of()) {
                    queue.jobs().forget(job, job, ghost);
                }
            }
        }
    }

    /** Why a sweep whose job was not posted lately is useless, if it is. */
    private Optional<String> useless(String sweep, Set<String> held) {
        SweepStatus status = queue.sweeps().status(sweep);
        if (!status.exists()) {
            return Optional.of("which is gone");
        }
        boolean empty = status.done() == 0 && status.dead() == 0 && status.claims() == 0;
        Optional<SweepMeta> meta = queue.sweeps().meta(sweep);
        if (!empty || meta.isEmpty() || held.contains(meta.get().identity().base())) {
            return Optional.empty();
        }
        return Optional.of("which is " + status.state() + " without results; nobody holds its code");
    }

    /** The code that living workers hold. */
    private Set<String> held() {
        Set<String> held = new HashSet<>();
        for (String card : queue.board().alive(lease).values()) {
            if (Json.object(card).get("jobs") instanceof List<?> jobs) {
                jobs.forEach(job -> held.add(job instanceof Map<?, ?> map ? String.valueOf(map.get("base")) : ""));
            }
        }
        return held;
    }
}
