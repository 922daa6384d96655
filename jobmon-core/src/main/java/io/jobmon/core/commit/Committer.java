package io.jobmon.core.commit;

import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.Claim;
import io.jobmon.core.queue.CommitAnswer;
import io.jobmon.core.queue.Outcomes;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
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

    private final Queue queue;
    private final String worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private final Map<CommitTarget, Outcomes> batches = new LinkedHashMap<>();
    private final Map<Long, Claim> singles = new HashMap<>();
    private final Thread thread;
    private boolean hurried;
    private boolean closing;
    private volatile long giveUpAt = Long.MAX_VALUE;

    private sealed interface Item {
        CommitTarget target();
    }

    private record Single(CommitTarget target, Claim claim, Outcomes.Single result) implements Item {}

    private record Block(CommitTarget target, Claim claim, Outcomes.Block block) implements Item {}

    private record Fault(CommitTarget target, Outcomes.Fault fault) implements Item {}

    private record End(CommitTarget target, Claim claim) implements Item {}

    private record Release(CommitTarget target, Claim claim) implements Item {}

    /**
     * Starts a committer.
     *
     * @param queue a lane of its own, of little patience; the committer closes it
     * @param worker the worker's id
     */
    public Committer(Queue queue, String worker) {
        this.queue = queue;
        this.worker = worker;
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
        put(new Single(target, claim, result));
    }

    /**
     * Brings a whole block.
     *
     * @param target the sweep
     * @param claim the claim it was run under
     * @param block the block
     */
    public void put(CommitTarget target, Claim claim, Outcomes.Block block) {
        put(new Block(target, claim, block));
    }

    /**
     * Brings a failed attempt.
     *
     * @param target the sweep
     * @param fault the failure
     */
    public void put(CommitTarget target, Outcomes.Fault fault) {
        put(new Fault(target, fault));
    }

    /**
     * Ends a claim, all of whose outcomes have been put.
     *
     * @param target the sweep
     * @param claim the claim
     */
    public void end(CommitTarget target, Claim claim) {
        put(new End(target, claim));
    }

    /**
     * Gives a claim back once the outcomes that were put for it are stored.
     *
     * @param target the sweep
     * @param claim the claim
     */
    public void release(CommitTarget target, Claim claim) {
        put(new Release(target, claim));
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

    private void put(Item item) {
        lock.lock();
        try {
            while (items.size() >= WAITING_ITEMS && !closing) {
                changed.awaitUninterruptibly();
            }
            items.add(item);
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
                for (Item item : taken) {
                    add(item);
                }
                new ArrayList<>(batches.keySet()).forEach(this::send);
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.error("Outcomes could not be committed; their experiments will run again.", e);
                batches.clear();
            } finally {
                taken.clear();
                singles.clear();
            }
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

    private void add(Item item) {
        CommitTarget target = item.target();
        Outcomes batch = batches.computeIfAbsent(target, key -> new Outcomes());
        if (item instanceof Single single) {
            batch.add(single.result);
            singles.put(single.result.index(), single.claim);
        } else if (item instanceof Block block) {
            batch.add(block.block);
        } else if (item instanceof Fault fault) {
            batch.add(fault.fault);
        } else if (item instanceof End end) {
            batch.end(end.claim.request());
        } else if (item instanceof Release release) {
            send(target);
            giveBack(target, release.claim);
        }
        if (batch.full()) {
            send(target);
        }
    }

    private void send(CommitTarget target) {
        Outcomes batch = batches.remove(target);
        if (batch == null || batch.isEmpty()) {
            return;
        }
        CommitAnswer answer = commit(target, batch);
        if (answer == null) {
            return;
        }
        if (!answer.again().isEmpty()) {
            singly(target, batch, answer.again());
        }
        if (!answer.refused().isEmpty()) {
            refuse(target, batch, answer);
        } else if (!answer.again().isEmpty()) {
            Outcomes ends = new Outcomes();
            batch.ended().forEach(ends::end);
            commit(target, ends);
        }
    }

    private void singly(CommitTarget target, Outcomes batch, List<Long> blocks) {
        Outcomes again = new Outcomes();
        for (Outcomes.Block block : batch.blocks()) {
            if (!blocks.contains(block.block())) {
                continue;
            }
            for (Outcomes.Single single : Outcomes.singles(block)) {
                again.add(single);
                if (again.full()) {
                    commit(target, again);
                    again = new Outcomes();
                }
            }
        }
        commit(target, again);
    }

    private void refuse(CommitTarget target, Outcomes batch, CommitAnswer answer) {
        Outcomes faults = new Outcomes();
        for (CommitAnswer.Refused refused : answer.refused()) {
            Claim claim = singles.get(refused.index());
            LOG.error("Redis refused the result of {} {} ({}).", target.sweep(), refused.index(), refused.reason());
            if (claim != null) {
                String message = "Redis refused to store the result (" + refused.reason() + ")";
                byte[] cause = Json.text(Map.of("type", "io.jobmon.JobMonException", "message", message, "stack", ""))
                        .getBytes(StandardCharsets.UTF_8);
                faults.add(new Outcomes.Fault(
                        refused.index(),
                        claim.epoch(),
                        claim.request(),
                        true,
                        0,
                        0,
                        "refused" + refused.reason(),
                        cause));
            }
        }
        batch.ended().forEach(faults::end);
        commit(target, faults);
    }

    private @Nullable CommitAnswer commit(CommitTarget target, Outcomes batch) {
        if (batch.isEmpty()) {
            return null;
        }
        boolean said = false;
        while (true) {
            try {
                CommitAnswer answer = queue.commit(target.sweep(), batch, worker, target.workerNumber());
                if (said) {
                    LOG.info("Redis is back; the outcomes that waited are stored.");
                }
                target.committed(answer);
                return answer;
            } catch (QueueException e) {
                if (!said) {
                    LOG.warn("{} Finished experiments wait in this worker until it is back.", e.getMessage());
                    said = true;
                }
                if (System.nanoTime() - giveUpAt > 0) {
                    LOG.error(
                            "{} outcomes were not stored: Redis was away when the worker stopped. They will run again.",
                            batch.size());
                    return null;
                }
            }
        }
    }

    private void giveBack(CommitTarget target, Claim claim) {
        try {
            queue.release(target.sweep(), worker, List.of(claim.request()));
        } catch (QueueException e) {
            LOG.warn("A claim could not be given back; it becomes free when its lease ends. {}", e.getMessage());
        }
    }

    /**
     * Commits what is left, then ends. Waits for Redis a while if it is away.
     *
     * @param patienceNanos how long
     */
    public void close(long patienceNanos) {
        lock.lock();
        try {
            closing = true;
            giveUpAt = System.nanoTime() + patienceNanos;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        queue.close();
    }

    @Override
    public void close() {
        close(TimeUnit.SECONDS.toNanos(10));
    }
}
