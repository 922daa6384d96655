package io.jobmon.core.claim;

import io.jobmon.core.codec.Json;
import io.jobmon.core.commit.Committer;
import io.jobmon.core.queue.Board;
import io.jobmon.core.queue.Claims;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.queue.ReapAnswer;
import io.jobmon.core.queue.Relisting;
import io.jobmon.core.run.Slice;
import io.jobmon.core.run.Slots;
import io.jobmon.core.run.SweepRun;
import io.jobmon.core.telemetry.Relay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that says the worker lives: it renews leases, takes claims from workers that went silent, hears of cancelled
 * sweeps and of stops, and lists open sweeps that were forgotten. It has a connection of its own, so that nothing starves it.
 *
 * <p>Thread safety: any number of threads.
 */
final class Heart {

    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);
    private static final long STOP_MILLIS = 5000;
    private static final int MANY_WORKERS = 50;
    private static final int RATES_SAID = 20;
    private static final String LOST_KEY = "lost";
    private static final byte[] LOST = Json.text(Map.of(
                    "type",
                    "io.jobmon.WorkerLost",
                    "message",
                    "every worker that ran this experiment was lost, the last time with nothing else running beside it:"
                            + " it ends its JVM, or takes all the memory",
                    "stack",
                    ""))
            .getBytes(StandardCharsets.UTF_8);

    private final Queue queue;
    private final WorkerCard card;
    private final Duration heartbeat;
    private final Duration lease;
    private @Nullable Relisting relisting;
    private final Catalog catalog;
    private final Slots slots;
    private final Committer committer;
    private final Relay relay;
    private final Consumer<Duration> told;
    private final Rate rate = new Rate(System::nanoTime, 0);
    private final Map<String, Rate> rates = new HashMap<>();
    private final Thread thread;
    private final Object bell = new Object();
    private volatile boolean ended;
    private volatile Neighbours neighbours;
    private long startedAt;
    private long beats;
    private boolean deaf;

    Heart(
            Queue queue,
            WorkerCard card,
            Duration heartbeat,
            Catalog catalog,
            Slots slots,
            Committer committer,
            Relay relay,
            Consumer<Duration> told) {
        this.queue = queue;
        this.card = card;
        this.heartbeat = heartbeat;
        this.lease = RunningWorker.lease(heartbeat);
        this.relisting = queue.jobs().relisting();
        this.catalog = catalog;
        this.slots = slots;
        this.committer = committer;
        this.relay = relay;
        this.told = told;
        this.neighbours = new Neighbours(1, card.slots());
        this.thread = new Thread(this::work, "jobmon-beat-1");
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /** What is true now, not at the last heartbeat; asked on a lane of the caller's, for heartbeats must not wait. */
    Neighbours countAnew(Queue lane) {
        Neighbours counted = card.count(lane.board().alive(lease), catalog);
        neighbours = counted;
        return counted;
    }

    /** Beats once, so that the worker is known before it claims; then goes on by itself. */
    void start() {
        startedAt = queue.board().now();
        sayAlive();
        try {
            care();
        } catch (QueueException e) {
            LOG.warn("Redis went away while the worker started, which goes on asking: {}", e.getMessage());
        }
        thread.start();
    }

    private void work() {
        boolean said = false;
        while (!ended) {
            synchronized (bell) {
                try {
                    if (!ended) {
                        bell.wait(heartbeat.toMillis());
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
            if (ended) {
                return;
            }
            try {
                sayAlive();
                care();
                said = false;
            } catch (QueueException e) {
                if (!said) {
                    LOG.warn("No heartbeat: {}", e.getMessage());
                    said = true;
                }
            } catch (Throwable e) {
                if (!ended) {
                    LOG.error("A heartbeat failed; trying again.", e);
                }
            }
        }
    }

    /** Beats at the next moment. */
    void hurry() {
        synchronized (bell) {
            bell.notifyAll();
        }
    }

    private void sayAlive() {
        double lately = rate.of(slots.activity().ended());
        // Who listens asks Redis for the key that this heartbeat shows.
        Relay.Found listeners = listeners();
        String said = card.json(slots, catalog, lately, rates(), relay.key());
        queue.board().beat(card.id(), card.names(), said).stream()
                .filter(stop -> stop.at() > startedAt)
                .map(Board.Stop::grace)
                .min(Comparator.naturalOrder())
                .ifPresent(told);
        relay.connect(listeners);
    }

    /** Whatever is wrong with those who listen, the worker lives. */
    private Relay.Found listeners() {
        try {
            return relay.look(queue);
        } catch (QueueException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            if (!deaf) {
                deaf = true;
                LOG.warn("This worker does not see who listens to it: {}", e.toString());
            }
            return Relay.Found.NOBODY;
        }
    }

    /** Results per second of the sweeps that bring some. */
    private Map<String, Double> rates() {
        Map<String, Double> said = new TreeMap<>();
        Set<String> known = new HashSet<>();
        for (SweepRun<?, ?> run : catalog.runs()) {
            double lately = rates.computeIfAbsent(run.sweep(), sweep -> new Rate(System::nanoTime, run.stored()))
                    .of(run.stored());
            known.add(run.sweep());
            if (lately > 0 && said.size() < RATES_SAID) {
                said.put(run.sweep(), lately);
            }
        }
        rates.keySet().retainAll(known);
        return said;
    }

    private void care() {
        renew();
        for (SweepRun<?, ?> run : catalog.runs()) {
            alone(run.sweep(), () -> reap(run));
        }
        // With n workers that is n times n cards; the more there are, the less one of them matters.
        if (beats++ % (1 + neighbours.workers() / MANY_WORKERS) == 0) {
            countAnew(queue);
        }
        relist();
    }

    private void relist() {
        if (relisting == null) {
            return;
        }
        try {
            relisting.step();
        } catch (QueueException e) {
            throw e;
        } catch (RuntimeException e) {
            relisting = null;
            LOG.warn("This worker does not look for open sweeps that are not listed: {}", e.toString());
        }
    }

    /** What runs, what waits to run, and what is not yet ended in Redis. */
    private void renew() {
        Map<String, Map<String, Slice<?, ?>>> running = new LinkedHashMap<>();
        Map<String, Set<String>> held = new LinkedHashMap<>();
        committer.forEachEnding((target, request) ->
                held.computeIfAbsent(target.sweep(), key -> new TreeSet<>()).add(request));
        for (Slice<?, ?> slice : slots.slices()) {
            String sweep = slice.sweep().sweep();
            String request = slice.claim().request();
            held.computeIfAbsent(sweep, key -> new TreeSet<>()).add(request);
            running.computeIfAbsent(sweep, key -> new HashMap<>()).put(request, slice);
        }
        held.forEach((sweep, requests) ->
                alone(sweep, () -> renew(sweep, List.copyOf(requests), running.getOrDefault(sweep, Map.of()))));
    }

    /** A sweep whose keys are damaged must not keep the others from being looked after. */
    private static void alone(String sweep, Runnable care) {
        try {
            care.run();
        } catch (QueueException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("The sweep {} cannot be looked after: {}", sweep, e.toString());
        }
    }

    private void renew(String sweep, List<String> requests, Map<String, Slice<?, ?>> running) {
        Claims.Renewed renewed = queue.claims().renew(sweep, card.id(), lease, requests);
        running.values().forEach(slice -> slice.sweep().state(renewed.state()));
        for (String request : renewed.lost()) {
            Slice<?, ?> slice = running.get(request);
            if (slice != null) {
                slice.lose();
            }
        }
    }

    private void reap(SweepRun<?, ?> run) {
        ReapAnswer answer;
        do {
            answer = queue.claims().reap(run.sweep(), lease, Claims.Reap.EXPIRED, LOST_KEY, LOST);
            say(run, answer);
            slots.events().lost(run, answer);
        } while (answer.taken() > 0 && !ended);
    }

    private static void say(SweepRun<?, ?> run, ReapAnswer answer) {
        if (answer.taken() > 0) {
            LOG.warn(
                    "{} went silent; {} experiments of {} are given back{}{}.",
                    answer.workers(),
                    answer.given() + answer.suspects(),
                    run.meta().identity().name(),
                    answer.suspects() > 0 ? ", " + answer.suspects() + " of them to be run alone" : "",
                    answer.dead() > 0 ? ", " + answer.dead() + " are dead letters" : "");
        }
    }

    /** Gives back all claims of a sweep that nobody can be running. */
    static void reapAll(Queue queue, String sweep, Duration lease, boolean orderly) {
        ReapAnswer answer;
        do {
            answer = queue.claims()
                    .reap(sweep, lease, orderly ? Claims.Reap.ALL_ORDERLY : Claims.Reap.ALL, LOST_KEY, LOST);
        } while (answer.taken() > 0);
    }

    /** Takes the worker off the board. */
    void stop() {
        synchronized (bell) {
            ended = true;
            bell.notifyAll();
        }
        try {
            thread.join(STOP_MILLIS);
            queue.board().leave(card.id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("The worker could not be taken off the board.", e);
        }
    }
}
