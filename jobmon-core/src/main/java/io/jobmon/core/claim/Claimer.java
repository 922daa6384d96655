package io.jobmon.core.claim;

import io.jobmon.core.queue.ClaimAnswer;
import io.jobmon.core.queue.ClaimRequest;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepStatus;
import io.jobmon.core.run.Slice;
import io.jobmon.core.run.Slots;
import io.jobmon.core.run.SweepRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that claims: which sweep next, and how many indices at once. It asks only when a slot idles or short work runs
 * out, for as many as keep a slot busy for some tens of milliseconds.
 *
 * <p>Thread safety: all but {@link #wake()} and {@link #stop()} is for its thread.
 */
final class Claimer {

    private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);
    private static final long POLL_MILLIS = 1000;
    private static final long SMALL_BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int FAILURES_IN_A_ROW = 20;
    private static final long NO_REVISION = -1;
    private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final long RECOUNT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Queue queue;
    private final String worker;
    private final Duration lease;
    private final Catalog catalog;
    private final Slots slots;
    private final Horizon horizon;
    private final Supplier<Neighbours> neighbours;
    private final Supplier<Neighbours> countAnew;
    private final Thread thread;
    private final Map<String, String> pending = new ConcurrentHashMap<>();
    private final Map<SweepRun<?, ?>, Long> othersDone = new WeakHashMap<>();
    private final Map<SweepRun<?, ?>, Long> restUntil = new WeakHashMap<>();
    private final Object bell = new Object();
    private boolean rung;
    private volatile boolean stopping;
    private volatile long restingUntil = System.nanoTime();
    private long requests;
    private long countedAt = System.nanoTime() - RECOUNT_NANOS;
    private int turn;
    private boolean suspectsWait;
    private long drainAt;
    private @Nullable SweepRun<?, ?> suspectsOf;

    Claimer(
            Queue queue,
            String worker,
            Duration lease,
            Catalog catalog,
            Slots slots,
            Supplier<Neighbours> neighbours,
            Supplier<Neighbours> countAnew) {
        this.queue = queue;
        this.worker = worker;
        this.lease = lease;
        this.catalog = catalog;
        this.slots = slots;
        this.horizon = new Horizon(slots.allocation(), worker);
        this.neighbours = neighbours;
        this.countAnew = countAnew;
        this.thread = new Thread(this::work, "jobmon-claim-1");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** There may be new work. */
    void wake() {
        catalog.refresh();
        synchronized (bell) {
            rung = true;
            bell.notifyAll();
        }
    }

    boolean resting() {
        return System.nanoTime() - restingUntil < 0;
    }

    private void work() {
        boolean said = false;
        while (!stopping) {
            try {
                round();
                if (said) {
                    LOG.info("Redis is back.");
                    said = false;
                }
            } catch (QueueException e) {
                if (!said && !stopping) {
                    LOG.warn("{} The worker goes on asking.", e.getMessage());
                    said = true;
                }
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                if (!stopping) {
                    LOG.error("Claiming failed; trying again.", e);
                    nap(POLL_MILLIS);
                }
            }
        }
    }

    private void nap(long millis) {
        synchronized (bell) {
            try {
                if (!rung && !stopping) {
                    bell.wait(Math.max(1, millis));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            rung = false;
        }
    }

    /** What one look at all sweeps has brought. */
    private static final class Look {
        boolean got;
        boolean hungry;
        boolean supplied;
        long napMillis = POLL_MILLIS;

        @Nullable
        SweepRun<?, ?> suspects;
    }

    private void round() throws InterruptedException {
        Look look = new Look();
        boolean draining = suspectsWait && System.nanoTime() - drainAt > 0;
        for (List<SweepRun<?, ?>> group : catalog.candidates()) {
            for (int k = 0; k < group.size() && !look.got && !stopping; k++) {
                SweepRun<?, ?> run = group.get(Math.floorMod(turn + k, group.size()));
                if (!horizon.fits(run)) {
                    continue;
                }
                if (slots.wants(run.pace())) {
                    guarded(run, () -> visit(run, look, draining));
                } else {
                    look.supplied = true;
                }
            }
        }
        turn++;
        if (draining && look.suspects == null && look.hungry) {
            suspectsOf = null;
        }
        if (look.suspects != null && !suspectsWait) {
            suspectsWait = true;
            drainAt = System.nanoTime() + untilDraining();
        } else if (look.suspects == null && look.hungry && !look.got) {
            suspectsWait = false;
        }
        if (look.got) {
            return;
        }
        if (look.suspects != null && slots.empty()) {
            alone(look.suspects);
            return;
        }
        if (!look.hungry && look.supplied) {
            slots.awaitHunger(50);
        } else {
            long jitter = look.napMillis < POLL_MILLIS
                    ? 0
                    : ThreadLocalRandom.current().nextLong(1 + POLL_MILLIS / 4);
            nap(look.suspects != null ? Math.min(20, look.napMillis) : look.napMillis - jitter);
        }
    }

    private void visit(SweepRun<?, ?> run, Look look, boolean draining) {
        if (rests(run)) {
            return;
        }
        look.hungry = true;
        if (!draining) {
            ask(run, look);
        } else if (run == suspectsOf) {
            look.suspects = run;
        }
    }

    /** A sweep whose keys are damaged must not keep the others from being run. */
    private void guarded(SweepRun<?, ?> run, Runnable visit) {
        try {
            visit.run();
        } catch (QueueException e) {
            throw e;
        } catch (RuntimeException e) {
            if (stopping || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            catalog.skip(run, e);
        }
    }

    /** A suspect is worth emptying one worker for, not all of them: about one a lease begins. */
    private long untilDraining() {
        return (long) (lease.toNanos()
                * (2 + ThreadLocalRandom.current().nextDouble(neighbours.get().workers())));
    }

    private void ask(SweepRun<?, ?> run, Look look) {
        ClaimAnswer answer = claim(run, false);
        if (answer instanceof ClaimAnswer.Work work) {
            look.got = true;
            take(run, work);
        } else if (answer instanceof ClaimAnswer.Nothing nothing) {
            if (nothing.delayMillis() >= 0) {
                look.napMillis = Math.min(look.napMillis, nothing.delayMillis() + 1);
            }
            if (nothing.suspects() > 0 && look.suspects == null) {
                look.suspects = run;
                suspectsOf = run;
            }
            if (nothing.auditDue()) {
                audit(run);
            }
        } else if (answer instanceof ClaimAnswer.Closed closed) {
            catalog.drop(run, closed.state());
        }
    }

    private ClaimAnswer claim(SweepRun<?, ?> run, boolean alone) {
        String request = pending.computeIfAbsent(run.sweep(), key -> worker + "#" + ++requests);
        long pace = run.pace();
        long fitting = horizon.fitting(run);
        int most = pace == 0
                ? 1
                : (int) Math.max(1, Math.min(fitting, Math.min(ClaimRequest.LIMIT, Slots.AHEAD_NANOS / pace)));
        boolean blocks = pace != 0 && pace * StoredBlock.SIZE < SMALL_BLOCK_NANOS && fitting >= StoredBlock.SIZE;
        int least = blocks ? StoredBlock.SIZE : 1;
        Neighbours known = neighbours(run);
        ClaimAnswer answer = queue.claims()
                .claim(
                        run.sweep(),
                        new ClaimRequest(
                                request,
                                worker,
                                Math.max(most, least),
                                least,
                                lease,
                                known.slots(),
                                known.others(),
                                alone));
        pending.remove(run.sweep());
        return answer;
    }

    /** One that fails and thinks that it is alone looks again: a retry belongs to the worker that came a moment ago. */
    private Neighbours neighbours(SweepRun<?, ?> run) {
        Neighbours known = neighbours.get();
        long now = System.nanoTime();
        if (known.others() || run.failuresInARow() == 0 || now - countedAt < RECOUNT_NANOS) {
            return known;
        }
        countedAt = now;
        return countAnew.get();
    }

    private void take(SweepRun<?, ?> run, ClaimAnswer.Work work) {
        run.workerNumber(work.claim().workerNumber());
        slots.events().claimed(run, work.claim());
        try {
            if (run.revision(work.revision())) {
                catalog.reload(run);
            }
        } catch (RuntimeException e) {
            // What was claimed is run all the same; the next claim asks again.
            run.revision(NO_REVISION);
            throw e;
        } finally {
            slots.offer(new Slice<>(run, work.claim()));
        }
        if (run.failuresInARow() == 0) {
            othersDone.put(run, work.done() - run.stored());
        }
    }

    /** Claims an index that killed workers, and runs nothing beside it. */
    private void alone(SweepRun<?, ?> run) throws InterruptedException {
        boolean[] suspect = {false};
        guarded(run, () -> suspect[0] = takeAlone(run));
        while (!slots.empty() && !stopping) {
            slots.awaitHunger(20);
            nap(suspect[0] ? 5 : 1);
        }
    }

    private boolean takeAlone(SweepRun<?, ?> run) {
        ClaimAnswer answer = claim(run, true);
        suspectsWait = false;
        if (answer instanceof ClaimAnswer.Closed closed) {
            catalog.drop(run, closed.state());
        } else if (answer instanceof ClaimAnswer.Work work) {
            take(run, work);
            if (work.claim().suspect()) {
                LOG.info(
                        "{} {} killed workers before; it runs here alone.",
                        run.sweep(),
                        work.claim().index(0));
                return true;
            }
        }
        return false;
    }

    /** Whether this worker should leave a sweep alone for a while: it fails where others succeed. */
    private boolean rests(SweepRun<?, ?> run) {
        Long until = restUntil.get(run);
        if (until != null) {
            if (System.nanoTime() - until < 0) {
                return true;
            }
            restUntil.remove(run);
            othersDone.remove(run);
            return false;
        }
        if (run.failuresInARow() < FAILURES_IN_A_ROW || !neighbours.get().others()) {
            return false;
        }
        SweepStatus status = queue.sweeps().status(run.sweep());
        long others = status.done() - run.stored();
        long before = othersDone.computeIfAbsent(run, key -> others);
        if (others <= before) {
            return false;
        }
        LOG.warn(
                "The last {} experiments of {} failed here while others succeed elsewhere; this worker takes no more of"
                        + " them for a minute. Look at its host.",
                run.failuresInARow(),
                run.meta().identity().name());
        restingUntil = System.nanoTime() + REST_NANOS;
        restUntil.put(run, restingUntil);
        return true;
    }

    private void audit(SweepRun<?, ?> run) {
        long holes = queue.claims().audit(run.sweep(), false);
        if (holes > 0) {
            LOG.warn("{} experiments of {} were in nobody's hands; they were given back.", holes, run.sweep());
        }
    }

    /** Asks for nothing more, and gives back what may have been claimed without an answer. */
    void stop() {
        stopping = true;
        synchronized (bell) {
            bell.notifyAll();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(15));
            pending.forEach(this::release);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(String sweep, String request) {
        try {
            queue.claims().release(sweep, worker, List.of(request));
        } catch (RuntimeException e) {
            LOG.debug("What may have been claimed without an answer could not be given back.", e);
        }
    }
}
