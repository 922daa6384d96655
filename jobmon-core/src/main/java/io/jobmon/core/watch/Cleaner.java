package io.jobmon.core.watch;

import io.jobmon.GcReport;
import io.jobmon.GcReport.Item;
import io.jobmon.GcReport.Kind;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.JobNotes;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.SweepMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes what people no longer want, and what nobody needs.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Cleaner {

    private static final Duration OLD = Duration.ofDays(1);

    private final Queue queue;

    /**
     * Cleans a queue.
     *
     * @param queue a lane
     */
    public Cleaner(Queue queue) {
        this.queue = queue;
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
            String base = base(job, sweep);
            if (!queue.sweeps().clean(sweep, runningToo)) {
                running.add(sweep);
                break;
            }
            queue.jobs().forget(job, base, sweep);
        }
        if (!running.isEmpty()) {
            throw new JobMonException("Workers are running the sweeps " + running + " of this job; cancel them first"
                    + " (sweep.cancel()), and clean when their experiments have ended, or clean with"
                    + " CleanOption.RUNNING_TOO.");
        }
        queue.jobs().forget(job);
    }

    /** The hash of a sweep's code; that of its job if the sweep is gone. */
    private String base(String job, String sweep) {
        return queue.sweeps()
                .meta(sweep)
                .map(SweepMeta::identity)
                .map(SweepMeta.Identity::base)
                .orElse(job);
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
            leftovers(hash, note.name(), left, items, remove);
            for (String sweep : old ? List.copyOf(left) : List.<String>of()) {
                String base = base(hash, sweep);
                if (!held.contains(base) && queue.sweeps().useless(sweep, OLD)) {
                    if (remove) {
                        if (!queue.sweeps().cleanUseless(sweep, OLD)) {
                            continue;
                        }
                        queue.jobs().forget(hash, base, sweep);
                    }
                    left.remove(sweep);
                    items.add(item(Kind.SWEEP, sweep, note.name() + ", without results; nobody holds its code"));
                }
            }
            if (old && left.isEmpty() && queue.notes().posted(hash) == note.posted()) {
                items.add(item(
                        Kind.JOB, hash, note.name() + " has no sweeps, posted " + Instant.ofEpochMilli(note.posted())));
                if (remove) {
                    queue.jobs().forget(hash);
                }
            }
        });
        ghosts(items, jobs.keySet(), remove);
        for (String worker : queue.board().silent(OLD)) {
            items.add(item(Kind.WORKER, worker, "silent for more than a day"));
            if (remove) {
                queue.board().leave(worker);
            }
        }
        return new GcReport(remove, items);
    }

    /** The poster ended while it took over results, and those who gave them still have them. */
    private void leftovers(String job, String name, List<String> left, List<Item> items, boolean remove) {
        for (String sweep : queue.jobs().leftovers(left)) {
            if (!queue.sweeps().abandoned(sweep, OLD)) {
                continue;
            }
            long copies = queue.sweeps().status(sweep).done();
            if (remove) {
                String base = base(job, sweep);
                if (!queue.sweeps().cleanAbandoned(sweep, OLD)) {
                    continue;
                }
                queue.jobs().forget(job, base, sweep);
            }
            left.remove(sweep);
            items.add(item(
                    Kind.LEFTOVER,
                    sweep,
                    name + ", its posting was cut short; other sweeps still have the " + copies
                            + " results that it had taken over"));
        }
    }

    private static Item item(Kind kind, String id, String why) {
        return new Item(kind, ShownText.of(id), ShownText.of(why));
    }

    private void ghosts(List<Item> items, Set<String> jobs, boolean remove) {
        Set<String> removed = new HashSet<>();
        items.forEach(item -> removed.add(item.id()));
        for (String ghost : queue.jobs().ghosts()) {
            if (removed.add(ghost)) {
                items.add(item(Kind.ENTRY, ghost, "the sweep is gone"));
                for (String job : remove ? jobs : Set.<String>of()) {
                    queue.jobs().forget(job, job, ghost);
                }
            }
        }
    }

    /** The code of workers that were there within a day: Redis may have been away for a while, and their heartbeats differ. */
    private Set<String> held() {
        Set<String> held = new HashSet<>();
        for (String card : queue.board().alive(OLD).values()) {
            if (Json.object(card).get("jobs") instanceof List<?> jobs) {
                jobs.forEach(job -> held.add(job instanceof Map<?, ?> map ? String.valueOf(map.get("base")) : ""));
            }
        }
        return held;
    }
}
