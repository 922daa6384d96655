package io.jobmon.core.commit;

import io.jobmon.core.base.Threads;
import io.jobmon.core.queue.Claim;
import io.jobmon.core.queue.Outcomes;
import io.jobmon.core.queue.Queue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a worker's outcomes to Redis in batches: when one is full, or 20 ms after its first outcome, or at once when a slot
 * has nothing to do. While Redis is away outcomes wait; when too many do, slots wait.
 *
 * <p>Thread safety: any number of threads put, one thread of its own commits. Invariant: what is put for a claim reaches
 * Redis before the claim's end or release does, because items leave in the order in which they came.
 */
public final class Committer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int WAITING_ITEMS = 4096;
    private static final long WAITING_BYTES = 64L << 20;

    private final Queue queue;
    private final Courier courier;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private final Map<String, CommitTarget> ending = new ConcurrentHashMap<>();
    private final Thread thread;
    private long bytes;
    private boolean hurried;
    private boolean closing;

    /**
     * Starts a committer.
     *
     * @param queue a lane of its own, of little patience; the committer closes it
     * @param worker the worker's id
     */
    public Committer(Queue queue, String worker) {
        this.queue = queue;
        this.courier = new Courier(queue, worker, ending::remove);
        this.thread = new Thread(this::work, "jobmon-commit-1");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Brings a result.
     *
     * @param target the sweep
     * @param claim the claim it was run under
     * @param result the result
     */
    public void put(CommitTarget target, Claim claim, Outcomes.Single result) {
        put(new Item.Single(target, claim, result), true);
    }

    /**
     * Brings a whole block.
     *
     * @param target the sweep
     * @param block the block
     */
    public void put(CommitTarget target, Outcomes.Block block) {
        put(new Item.Block(target, block), true);
    }

    /**
     * Brings a failed attempt.
     *
     * @param target the sweep
     * @param fault the failure
     */
    public void put(CommitTarget target, Outcomes.Fault fault) {
        put(new Item.Fault(target, fault), true);
    }

    /**
     * Brings a failed attempt without waiting for room.
     *
     * @param target the sweep
     * @param fault the failure
     */
    public void putAtOnce(CommitTarget target, Outcomes.Fault fault) {
        put(new Item.Fault(target, fault), false);
    }

    /**
     * Ends a claim, all of whose outcomes have been put. Does not wait.
     *
     * @param target the sweep
     * @param claim the claim
     */
    public void end(CommitTarget target, Claim claim) {
        ending.put(claim.request(), target);
        put(new Item.End(target, claim), false);
    }

    /**
     * Gives a claim back once the outcomes that were put for it are stored. Does not wait.
     *
     * @param target the sweep
     * @param claim the claim
     */
    public void release(CommitTarget target, Claim claim) {
        ending.put(claim.request(), target);
        put(new Item.Release(target, claim), false);
    }

    /**
     * Tells the claims that were ended or given back here, but not yet in Redis: their leases must hold until then.
     *
     * @param claims told the sweep and the request of each
     */
    public void forEachEnding(BiConsumer<? super CommitTarget, String> claims) {
        ending.forEach((request, target) -> claims.accept(target, request));
    }

    /** Commits without waiting for more. */
    public void hurry() {
        lock.lock();
        try {
            if (!hurried) {
                hurried = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void put(Item item, boolean wait) {
        lock.lock();
        try {
            while (wait && !closing && (items.size() >= WAITING_ITEMS || bytes >= WAITING_BYTES)) {
                changed.awaitUninterruptibly();
            }
            items.add(item);
            bytes += item.bytes();
            if (items.size() == 1 || items.size() >= Outcomes.MAX_BLOCKS) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        List<Item> taken = new ArrayList<>();
        while (take(taken)) {
            try {
                taken.forEach(courier::add);
                courier.sendAll();
            } catch (Throwable e) {
                LOG.error("Outcomes could not be committed; their experiments will run again.", e);
                taken.forEach(this::letGo);
            } finally {
                taken.clear();
            }
        }
    }

    /** Leaves a claim to its lease: whose outcomes are lost is not renewed for ever. */
    private void letGo(Item item) {
        if (item instanceof Item.End end) {
            ending.remove(end.claim().request());
        } else if (item instanceof Item.Release release) {
            ending.remove(release.claim().request());
        }
    }

    /** Waits for items; false when closed and empty. */
    private boolean take(List<Item> taken) {
        lock.lock();
        try {
            while (items.isEmpty()) {
                if (closing) {
                    return false;
                }
                hurried = false;
                changed.awaitUninterruptibly();
            }
            long left = LINGER_NANOS;
            while (left > 0 && !hurried && !closing && items.size() < Outcomes.MAX_BLOCKS) {
                left = nap(left);
            }
            hurried = false;
            taken.addAll(items);
            items.clear();
            bytes = 0;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long nap(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            return 0;
        }
    }

    /**
     * Commits what is left, then ends. Waits for Redis a while if it is away.
     *
     * @param patienceNanos how long
     */
    public void close(long patienceNanos) {
        courier.giveUpAt(System.nanoTime() + patienceNanos);
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Threads.awaitEnd(thread);
        queue.close();
    }

    @Override
    public void close() {
        close(TimeUnit.SECONDS.toNanos(10));
    }
}
