package io.jobmon.core.run;

import io.jobmon.core.codec.Faults;
import io.jobmon.core.commit.Committer;
import io.jobmon.core.isolate.Children;
import io.jobmon.core.telemetry.Relay;
import io.jobmon.core.telemetry.Voice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run experiments, and the slices that wait for them.
 *
 * <p>Concurrency: one lock guards the waiting slices, the idle count and the list of slots. No user code and no Redis call
 * happens under it. A slot whose experiment ignores its interrupt is replaced: its thread ends when the experiment does.
 */
public final class Slots {

    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

    /** Work that each slot should have ahead: a few tens of milliseconds. */
    public static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    /** More slices than this do not wait for a slot, however short they are. */
    private static final int SLICES_AHEAD = 16;

    private static final long REST_SECONDS = 30;
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int size;
    private final Committer committer;
    private final Children children;
    private final Allocation allocation;
    private final Relay relay;
    private final Activity activity = new Activity(this);
    private final WorkerEvents events;
    private final Faulting faulting;
    private final Vigil vigil;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition hungry = lock.newCondition();
    private final Deque<Slice<?, ?>> ready = new ArrayDeque<>();
    private final List<Slot> slots = new ArrayList<>();
    private int idle;
    private int number;
    private boolean ended;
    private volatile boolean stopping;

    /** A thread, its runner, and the slice it is on. */
    final class Slot {
        final Runner runner = new Runner(Slots.this, committer, children.nursery());
        final Thread thread;
        volatile @Nullable Slice<?, ?> slice;
        volatile boolean replaced;

        Slot(@Nullable Slice<?, ?> first, int from) {
            slice = first;
            thread = new Thread(() -> work(this, first, from), "jobmon-slot-" + ++number);
            thread.setDaemon(true);
        }
    }

    /**
     * Starts slots.
     *
     * @param size how many
     * @param committer takes the outcomes
     * @param children where isolated experiments run
     * @param allocation for how long: nothing is begun that does not fit
     * @param events what is told of it
     * @param relay says what is logged on their threads
     * @param halfStuck told once when half of the slots are stuck
     */
    public Slots(
            int size,
            Committer committer,
            Children children,
            Allocation allocation,
            WorkerEvents events,
            Relay relay,
            Runnable halfStuck) {
        this.children = children;
        this.events = events;
        this.faulting = new Faulting(committer, activity, events);
        this.allocation = allocation;
        this.relay = relay;
        this.size = size;
        this.committer = committer;
        this.vigil = new Vigil(this, committer, size, halfStuck);
        for (int i = 0; i < size; i++) {
            Slot slot = new Slot(null, 0);
            slots.add(slot);
            slot.thread.start();
        }
    }

    private void work(Slot slot, @Nullable Slice<?, ?> first, int from) {
        Slice<?, ?> slice = first;
        int k = from;
        Voice.of(relay, slot.runner::origin);
        try {
            while (true) {
                if (slice == null) {
                    slice = take(slot);
                    k = 0;
                }
                if (slice == null || !slot.runner.run(slice, k)) {
                    return;
                }
                slot.slice = null;
                slice = null;
            }
        } catch (Throwable e) {
            LOG.error("A slot broke; its experiment counts as failed, the rest is given back.", e);
            if (!slot.replaced) {
                broke(slot, e);
            }
        } finally {
            slot.runner.end();
        }
    }

    private void broke(Slot slot, Throwable e) {
        Slice<?, ?> slice = slot.slice;
        try {
            if (slice != null) {
                faulting.put(slice, slice.claim().index(slice.reached()), System.nanoTime(), Faults.describe(e));
                committer.release(slice.sweep(), slice.claim());
            }
        } finally {
            replace(slot, null, 0);
        }
    }

    private @Nullable Slice<?, ?> take(Slot slot) {
        lock.lock();
        try {
            boolean waited = false;
            boolean rested = false;
            while (ready.isEmpty()) {
                if (ended) {
                    return null;
                }
                if (!waited) {
                    waited = true;
                    committer.hurry();
                }
                idle++;
                hungry.signalAll();
                boolean came = awaitArrival();
                idle--;
                if (!came && !rested) {
                    rested = true;
                    rest(slot);
                }
            }
            Slice<?, ?> slice = ready.poll();
            slot.slice = slice;
            hungry.signalAll();
            return slice;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a slice; false if none came for a good while. */
    private boolean awaitArrival() {
        try {
            return arrived.await(REST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Nobody has a reason to: what runs is interrupted, and nothing runs here.
            return true;
        }
    }

    /** An idle slot keeps no child JVM. */
    private void rest(Slot slot) {
        lock.unlock();
        try {
            slot.runner.rest();
        } finally {
            lock.lock();
        }
    }

    /**
     * Hands over a slice. After {@link #stop()} it is given back.
     *
     * @param slice the slice
     */
    public void offer(Slice<?, ?> slice) {
        boolean late;
        lock.lock();
        try {
            late = ended;
            if (!late) {
                ready.add(slice);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            committer.release(slice.sweep(), slice.claim());
        }
    }

    /**
     * Whether a claim of a sweep should be asked for now: a slot idles, or short work is running out.
     *
     * @param pace how long one of its experiments takes, nanoseconds, 0 if unknown
     * @return true if so
     */
    public boolean wants(long pace) {
        lock.lock();
        try {
            return wantsLocked(pace);
        } finally {
            lock.unlock();
        }
    }

    private boolean wantsLocked(long pace) {
        if (idle > ready.size()) {
            return true;
        }
        if (pace == 0 || pace > AHEAD_NANOS / 2 || ready.size() >= SLICES_AHEAD * size) {
            return false;
        }
        long ahead = 0;
        for (Slice<?, ?> slice : ready) {
            ahead += slice.nanosLeft();
        }
        return ahead < AHEAD_NANOS / 2 * size;
    }

    /**
     * Waits until a slot idles or waiting slices get fewer.
     *
     * @param millis at most
     * @throws InterruptedException if interrupted
     */
    public void awaitHunger(long millis) throws InterruptedException {
        lock.lock();
        try {
            if (idle <= ready.size()) {
                hungry.await(millis, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether nothing runs and nothing waits.
     *
     * @return true if so
     */
    public boolean empty() {
        lock.lock();
        try {
            return ready.isEmpty() && idle == slots.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many slots run something.
     *
     * @return the number
     */
    public int busy() {
        lock.lock();
        try {
            return slots.size() - idle;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The slices that run or wait.
     *
     * @return a copy
     */
    public List<Slice<?, ?>> slices() {
        lock.lock();
        try {
            List<Slice<?, ?>> all = new ArrayList<>(ready);
            for (Slot slot : slots) {
                Slice<?, ?> slice = slot.slice;
                if (slice != null) {
                    all.add(slice);
                }
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What they do.
     *
     * @return what is done here, now and since the start
     */
    public Activity activity() {
        return activity;
    }

    /**
     * What is told of it.
     *
     * @return the events of this worker
     */
    public WorkerEvents events() {
        return events;
    }

    Faulting faulting() {
        return faulting;
    }

    /**
     * For how long the machine can be used.
     *
     * @return the allocation
     */
    public Allocation allocation() {
        return allocation;
    }

    /** Whether one more experiment of a sweep can be begun. */
    boolean fits(SweepRun<?, ?> sweep) {
        return allocation.fitting(sweep.longest()) > 0;
    }

    List<Slot> slots() {
        lock.lock();
        try {
            return List.copyOf(slots);
        } finally {
            lock.unlock();
        }
    }

    boolean stopping() {
        return stopping;
    }

    /**
     * Interrupts experiments that are over their time or no longer wanted, gives up on those that ignore it, and gives back
     * slices that wait behind work that takes longer than it used to, or that will not fit any more. Call it every few
     * milliseconds.
     */
    public void watch() {
        vigil.look();
        List<Slice<?, ?>> stale = new ArrayList<>();
        lock.lock();
        try {
            Slice<?, ?> oldest = ready.peek();
            boolean late = oldest != null && idle == 0 && System.nanoTime() - oldest.made() > STALE_NANOS;
            ready.removeIf(slice -> (late || !fits(slice.sweep())) && stale.add(slice));
        } finally {
            lock.unlock();
        }
        stale.forEach(slice -> committer.release(slice.sweep(), slice.claim()));
    }

    void replace(Slot slot, @Nullable Slice<?, ?> rest, int from) {
        lock.lock();
        try {
            slot.replaced = true;
            slots.remove(slot);
            Slot fresh = new Slot(rest, from);
            slots.add(fresh);
            fresh.thread.start();
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing more; what waits is given back, what runs goes on. */
    public void stop() {
        List<Slice<?, ?>> waiting;
        lock.lock();
        try {
            stopping = true;
            ended = true;
            waiting = new ArrayList<>(ready);
            ready.clear();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        waiting.forEach(slice -> committer.release(slice.sweep(), slice.claim()));
    }

    /** Interrupts what runs. */
    public void interrupt() {
        vigil.interrupt();
    }

    /** Gives up on what ignores its interrupt: its claims are given back, whatever its threads still do. */
    public void abandon() {
        vigil.abandon();
    }

    /**
     * Waits for the threads to end, after {@link #stop()}.
     *
     * @param limit at most
     * @return whether all have ended
     */
    public boolean await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        for (Slot slot : slots()) {
            while (slot.thread.isAlive() && System.nanoTime() < end) {
                try {
                    slot.thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    interrupted = true;
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return slots().stream().noneMatch(slot -> slot.thread.isAlive());
    }
}
