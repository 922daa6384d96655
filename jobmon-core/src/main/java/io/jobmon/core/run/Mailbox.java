package io.jobmon.core.run;

import io.jobmon.JobMonListener;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that wait for one listener, and the thread that tells it of them.
 *
 * <p>Concurrency: whoever puts neither waits nor wakes the thread, which looks by itself every few milliseconds: waking it would
 * cost more than a short experiment.
 */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** How long the last events may take when all ends. */
    static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int AT_ONCE = 1024;

    private final JobMonListener listener;
    private final BlockingQueue<Record> waiting = new ArrayBlockingQueue<>(JobMonListener.WAITING);
    private final LongAdder leftOut = new LongAdder();
    private final Set<Event> complained = EnumSet.noneOf(Event.class);
    private final Thread thread;
    private boolean saidLeftOut;
    private volatile boolean started;
    private volatile boolean closing;
    private volatile boolean abandoned;

    Mailbox(JobMonListener listener) {
        this.listener = listener;
        thread = new Thread(this::work, "jobmon-listen-1");
        thread.setDaemon(true);
    }

    void put(Record event) {
        if (!started) {
            start();
        }
        if (!waiting.offer(event)) {
            leftOut.increment();
        }
    }

    private synchronized void start() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    private void work() {
        List<Record> taken = new ArrayList<>(AT_ONCE);
        while (!abandoned) {
            boolean last = closing;
            if (waiting.drainTo(taken, AT_ONCE) > 0) {
                taken.forEach(this::tell);
                taken.clear();
                sayLeftOut();
                continue;
            }
            sayLeftOut();
            if (last) {
                return;
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
            // An interrupt that a listener left behind would keep the thread from ever resting.
            if (Thread.interrupted()) {
                LOG.debug("An interrupt of the thread of {} is ignored.", name());
            }
        }
    }

    private void sayLeftOut() {
        long events = leftOut.sumThenReset();
        if (events == 0) {
            return;
        }
        if (!saidLeftOut) {
            saidLeftOut = true;
            LOG.warn(
                    "{} is slower than events come; {} were left out. It is told by missed(..); this is said once.",
                    name(),
                    events);
        }
        tell(new JobMonListener.Missed(events));
    }

    private void tell(Record event) {
        if (abandoned) {
            return;
        }
        Event kind = Event.of(event);
        try {
            kind.tell(listener, event);
        } catch (Throwable e) {
            if (complained.add(kind)) {
                LOG.error("{} threw when told of {}; nothing else is harmed, and this is said once.", name(), kind, e);
            }
        }
    }

    private String name() {
        return "The listener " + listener.getClass().getName();
    }

    /** Lets the thread end when all has been told. */
    void finish() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /** Waits for that. */
    void awaitEnd(long nanos) {
        // A listener may close the JobMon that tells it.
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            long left = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
            thread.join(Math.max(1, left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            abandoned = true;
            LOG.warn("{} has not returned in time; {} events that wait for it are left out.", name(), waiting.size());
        }
    }
}
