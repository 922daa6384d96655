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
import io.jobmon.core.telemetry.Relay;
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
    private static final String DAMAGED =
            ", because something else wrote to its keys in Redis; clean the job and post it again. What is wrong: ";

    private final Queue queue;
    private final Set<String> tags;
    private final Relay relay;
    private final Map<String, RunnableJob<?, ?>> jobs = new ConcurrentHashMap<>();
    private final Hindered hindered = new Hindered();
    private final Map<String, SweepRun<?, ?>> runs = new ConcurrentHashMap<>();
    private final Map<String, Long> skipped = new HashMap<>();
    private final Map<String, String> said = new HashMap<>();
    private List<List<SweepRun<?, ?>>> byPriority = List.of();
    private long readAt;
    private long lookedAt = System.nanoTime();
    private volatile boolean stale = true;

    Catalog(Queue queue, Set<String> tags, Relay relay) {
        this.queue = queue;
        this.tags = tags;
        this.relay = relay;
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
            byPriority = read(now);
        }
        return byPriority;
    }

    private List<List<SweepRun<?, ?>>> read(long now) {
        List<JobIndex.Open> open = new ArrayList<>();
        Map<String, String> bases = new HashMap<>();
        for (String base : jobs.keySet()) {
            for (JobIndex.Open sweep : listed(base)) {
                open.add(sweep);
                bases.put(sweep.id(), base);
            }
        }
        runs.keySet().removeIf(id -> !bases.containsKey(id));
        said.keySet().removeIf(id -> !bases.containsKey(id) && !jobs.containsKey(id));
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
        Optional<SweepRun<?, ?>> made = Optional.empty();
        try {
            Optional<SweepMeta> meta = queue.sweeps().meta(id);
            if (meta.isEmpty()) {
                queue.jobs().close(base, id);
                return Optional.empty();
            }
            made = make(meta.get(), base);
        } catch (QueueException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            say(id, "The sweep " + id + " cannot be run here" + reason(e));
        }
        if (made.isPresent()) {
            runs.put(id, made.get());
            said.remove(id);
        } else {
            skipped.put(id, now + RETRY_NANOS);
        }
        return made;
    }

    private List<JobIndex.Open> listed(String base) {
        try {
            return queue.jobs().openSweeps(base);
        } catch (QueueException e) {
            throw e;
        } catch (RuntimeException e) {
            say(base, "The list of open sweeps of the job " + base + " cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private static String reason(Throwable e) {
        return e instanceof JobMonException ? ": " + e.getMessage() : DAMAGED + e;
    }

    /** Says once what is wrong with something that is asked again and again. */
    private void say(String about, String line) {
        if (!line.equals(said.put(about, line))) {
            LOG.error("{}{} Other sweeps go on.", line, line.endsWith(".") ? "" : ".");
        }
    }

    /** Leaves a sweep alone for a while whose keys do not make sense. */
    void skip(SweepRun<?, ?> run, Throwable e) {
        String id = run.sweep();
        say(
                id,
                "The sweep " + id + " of " + run.meta().identity().name() + " cannot be run here" + DAMAGED
                        + e.getMessage());
        unlist(run);
        skipped.put(id, System.nanoTime() + RETRY_NANOS);
    }

    private Optional<SweepRun<?, ?>> make(SweepMeta meta, String base) {
        RunnableJob<?, ?> job = jobs.get(base);
        if (job == null || !tags.containsAll(meta.policy().tags()) || !sameInputs(meta)) {
            return Optional.empty();
        }
        SweepRun<?, ?> run = new SweepRun<>(job, meta, queue, relay);
        run.learn();
        return Optional.of(run);
    }

    private boolean sameInputs(SweepMeta meta) {
        if (!(Json.parse(meta.identity().inputs()) instanceof Map<?, ?> wanted) || wanted.isEmpty()) {
            return true;
        }
        List<Path> paths = wanted.keySet().stream()
                .map(path -> Path.of(String.valueOf(path)))
                .toList();
        Map<String, String> found = Identities.digests(paths);
        for (Map.Entry<?, ?> input : wanted.entrySet()) {
            if (!input.getValue().equals(found.get(String.valueOf(input.getKey())))) {
                String line =
                        "The sweep " + meta.id() + " of " + meta.identity().name() + " waits: its input "
                                + input.getKey() + " is not the poster's here. Bring the same file.";
                if (!line.equals(said.put(meta.id(), line))) {
                    LOG.warn(line);
                }
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
        unlist(run);
        if (!state.equals("paused") && !state.equals("adopting")) {
            queue.jobs().close(run.meta().identity().base(), run.sweep());
        }
    }

    private void unlist(SweepRun<?, ?> run) {
        runs.remove(run.sweep());
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
