package io.jobmon.core.run;

import io.jobmon.core.codec.Faults;
import io.jobmon.core.commit.Committer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over what runs: time limits, cancelled sweeps, interrupts that are ignored.
 *
 * <p>Thread safety: any number of threads.
 */
final class Vigil {

    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Slots slots;
    private final Committer committer;
    private final int size;
    private final Runnable halfStuck;
    private final Set<Slots.Slot> stuck = new HashSet<>();

    Vigil(Slots slots, Committer committer, int size, Runnable halfStuck) {
        this.slots = slots;
        this.committer = committer;
        this.size = size;
        this.halfStuck = halfStuck;
    }

    void look() {
        long now = System.nanoTime();
        for (Slots.Slot slot : slots.slots()) {
            Execution execution = slot.runner.current();
            if (execution == null) {
                continue;
            }
            if (execution.interruptedAt() != 0) {
                if (now - execution.interruptedAt() > STUCK_NANOS && execution.abandon()) {
                    giveUp(slot, execution);
                }
                continue;
            }
            TimeLimit limit = execution.sweep().limit();
            if (!execution.isolated() && now - execution.began() > limit.nanos()) {
                execution.timeOut(limit);
            } else if (execution.sweep().cancelled()) {
                execution.interrupt(Execution.Reason.CANCELLED);
            }
        }
    }

    private void giveUp(Slots.Slot slot, Execution execution) {
        Slice<?, ?> slice = execution.slice();
        if (slice == null) {
            return;
        }
        LOG.warn("{} ignores its interrupt; its thread is left behind and its slot gets a new one.", execution.id());
        boolean timedOut = execution.reason() == Execution.Reason.TIMEOUT;
        if (timedOut) {
            slots.faulting().putAtOnce(slice, execution.index(), execution.began(), timedOut(execution, true));
        } else {
            slots.events().released(execution);
            committer.release(slice.sweep(), slice.claim());
        }
        boolean half;
        synchronized (stuck) {
            stuck.removeIf(other -> !other.thread.isAlive());
            half = stuck.size() * 2 < size;
            stuck.add(slot);
            half &= stuck.size() * 2 >= size;
        }
        slots.replace(slot, timedOut ? slice : null, timedOut ? slice.reached() + 1 : 0);
        if (half) {
            halfStuck.run();
        }
    }

    static Faults.Described timedOut(Execution execution, boolean ignored) {
        return tooLong(execution.limit(), ignored ? " and ignores its interrupt: its thread is stuck" : "");
    }

    static Faults.Described tooLong(TimeLimit limit, String more) {
        return Faults.described(
                "java.util.concurrent.TimeoutException", "took longer than " + limit.text() + more, "", false);
    }

    void interrupt() {
        for (Slots.Slot slot : slots.slots()) {
            Execution execution = slot.runner.current();
            if (execution != null) {
                execution.interrupt(Execution.Reason.STOPPING);
            }
        }
    }

    void abandon() {
        for (Slots.Slot slot : slots.slots()) {
            Execution execution = slot.runner.current();
            if (execution != null && execution.abandon()) {
                Slice<?, ?> slice = execution.slice();
                LOG.warn("{} ignores its interrupt and is left behind; it is given back.", execution.id());
                if (slice != null) {
                    slots.events().released(execution);
                    committer.release(slice.sweep(), slice.claim());
                }
            }
        }
    }
}
