package io.jobmon.core.claim;

import io.jobmon.CommandJob;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.queue.JobIndex;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.run.SweepRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs a worker holds and the open sweeps of them that it may run.
 *
 * <p>Thread safety: jobs may be added by any thread; the list of sweeps is for the claiming thread; {@link #runs()} for any.
 */
final class Catalog {

    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final long FRESH_NANOS = 1_000_000_000L;
    private static final long RETRY_NANOS = 10_000_000_000L;

    private final Queue queue;
    private final Set<String> tags;
    private final Map<String, RunnableJob<?, ?>> jobs = new ConcurrentHashMap<>();
    private final Hindered hindered = new Hindered();
    private final Map<String, SweepRun<?, ?>> runs = new ConcurrentHashMap<>();
    private final Map<String, Long> skipped = new HashMap<>();
    private List<List<SweepRun<?, ?>>> byPriority = List.of();
    private long readAt;
    private long lookedAt = System.nanoTime();
    private volatile boolean stale = true;

    Catalog(Queue queue, Set<String> tags) {
        this.queue = queue;
        this.tags = tags;
    }

    /** Adds a job, unless something that it needs is lacking here. */
    void add(RunnableJob<?, ?> job) {
        if (!lacks(job)) {
            jobs.put(job.identity().base(), job);
            stale = true;
        }
    }

    private boolean lacks(RunnableJob<?, ?> job) {
        if (job.job() instanceof CommandJob<?> command) {
            Optional<String> lack = job.lack();
            lack.ifPresent(why -> hindered.add(command, why));
            return lack.isPresent();
        }
        return false;
    }

    /** Adds a job that cannot even be looked at now. */
    void addLater(CommandJob<?> job, String why) {
        hindered.add(job, why);
    }

    Hindered hindered() {
        return hindered;
    }

    /** Programs and files come and go. */
    private void lookAgain(long now) {
        if (now - lookedAt > RETRY_NANOS) {
            lookedAt = now;
            hindered.takeReady().forEach(this::add);
            jobs.values().removeIf(this::lacks);
        }
    }

    boolean holds(String base) {
        return jobs.containsKey(base);
    }

    Collection<RunnableJob<?, ?>> jobs() {
        return jobs.values();
    }

    /** The sweeps that have been claimed from and are not over. */
    Collection<SweepRun<?, ?>> runs() {
        return runs.values();
    }

    void refresh() {
        stale = true;
    }

    /** The open sweeps in groups of one priority, the highest first. */
    List<List<SweepRun<?, ?>>> candidates() {
        long now = System.nanoTime();
        if (stale || now - readAt > FRESH_NANOS) {
            if (stale) {
                // A new post may have changed the tags or the inputs of what was skipped.
                skipped.clear();
            }
            stale = false;
            readAt = now;
            lookAgain(now);
            queue.jobs().relist();
            byPriority = read(now);
        }
        return byPriority;
    }

    private List<List<SweepRun<?, ?>>> read(long now) {
        List<JobIndex.Open> open = new ArrayList<>();
        Map<String, String> bases = new HashMap<>();
        for (String base : jobs.keySet()) {
            for (JobIndex.Open sweep : queue.jobs().openSweeps(base)) {
                open.add(sweep);
                bases.put(sweep.id(), base);
            }
        }
        runs.keySet().removeIf(id -> !bases.containsKey(id));
        open.sort((a, b) -> Double.compare(b.priority(), a.priority()));
        List<List<SweepRun<?, ?>>> groups = new ArrayList<>();
        double last = Double.NaN;
        for (JobIndex.Open sweep : open) {
            Optional<SweepRun<?, ?>> run = run(sweep.id(), bases.getOrDefault(sweep.id(), ""), now);
            if (run.isPresent()) {
                if (sweep.priority() != last) {
                    groups.add(new ArrayList<>());
                    last = sweep.priority();
                }
                groups.get(groups.size() - 1).add(run.get());
            }
        }
        return groups;
    }

    private Optional<SweepRun<?, ?>> run(String id, String base, long now) {
        SweepRun<?, ?> known = runs.get(id);
        if (known != null && !known.cancelled()) {
            return Optional.of(known);
        }
        // One that was cancelled and is listed has been posted again since, or a claim will say that it was not.
        runs.remove(id);
        Long again = skipped.get(id);
        if (again != null && now - again < 0) {
            return Optional.empty();
        }
        Optional<SweepMeta> meta;
        try {
            meta = queue.sweeps().meta(id);
        } catch (QueueException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("The sweep {} cannot be read, so it is not run here: {}", id, e.getMessage());
            skipped.put(id, now + RETRY_NANOS);
            return Optional.empty();
        }
        if (meta.isEmpty()) {
            queue.jobs().close(base, id);
            return Optional.empty();
        }
        RunnableJob<?, ?> job = jobs.get(base);
        Optional<SweepRun<?, ?>> made = job == null ? Optional.empty() : make(job, meta.get());
        if (made.isPresent()) {
            runs.put(id, made.get());
        } else {
            skipped.put(id, now + RETRY_NANOS);
        }
        return made;
    }

    private Optional<SweepRun<?, ?>> make(RunnableJob<?, ?> job, SweepMeta meta) {
        if (!tags.containsAll(meta.policy().tags())) {
            return Optional.empty();
        }
        try {
            if (!sameInputs(meta)) {
                return Optional.empty();
            }
            return Optional.of(new SweepRun<>(job, meta, queue));
        } catch (JobMonException e) {
            LOG.error(
                    "The sweep {} of {} cannot be run here: {}",
                    meta.id(),
                    meta.identity().name(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean sameInputs(SweepMeta meta) {
        if (!(Json.parse(meta.identity().inputs()) instanceof Map<?, ?> wanted) || wanted.isEmpty()) {
            return true;
        }
        List<Path> paths = wanted.keySet().stream()
                .map(path -> Path.of(String.valueOf(path)))
                .toList();
        Map<String, String> found = Identities.digests(paths);
        for (Map.Entry<?, ?> input : wanted.entrySet()) {
            if (!input.getValue().equals(found.get(String.valueOf(input.getKey())))) {
                LOG.warn(
                        "The sweep {} of {} waits: its input {} is not the poster's here. Bring the same file.",
                        meta.id(),
                        meta.identity().name(),
                        input.getKey());
                return false;
            }
        }
        return true;
    }

    /** Reads a sweep's policy again. */
    void reload(SweepRun<?, ?> run) {
        queue.sweeps().meta(run.sweep()).ifPresent(meta -> {
            run.meta(meta);
            if (!tags.containsAll(meta.policy().tags())) {
                runs.remove(run.sweep());
                stale = true;
            }
        });
    }

    /** Takes a sweep off the list. */
    void drop(SweepRun<?, ?> run, String state) {
        run.state(state);
        runs.remove(run.sweep());
        if (!state.equals("paused") && !state.equals("adopting")) {
            queue.jobs().close(run.meta().identity().base(), run.sweep());
        }
        List<List<SweepRun<?, ?>>> left = new ArrayList<>();
        for (List<SweepRun<?, ?>> group : byPriority) {
            List<SweepRun<?, ?>> others =
                    group.stream().filter(other -> other != run).toList();
            if (!others.isEmpty()) {
                left.add(others);
            }
        }
        byPriority = left;
    }
}
