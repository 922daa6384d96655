package io.jobmon.core.run;

import io.jobmon.core.codec.Json;
import io.jobmon.core.isolate.BasicExperiment;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.telemetry.Voice;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an experiment, and its end: by itself, by interrupt, or given up as stuck.
 *
 * <p>Concurrency: {@code state} decides. The running thread moves RUNNING or INTERRUPTED to ENDED; a watching thread moves
 * RUNNING to INTERRUPTING, interrupts, then to INTERRUPTED, and later perhaps to ABANDONED. The running thread waits out
 * INTERRUPTING, so an interrupt never hits the next experiment.
 */
final class Execution extends BasicExperiment {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    private static final int RUNNING = 0;
    private static final int INTERRUPTING = 1;
    private static final int INTERRUPTED = 2;
    private static final int ENDED = 3;
    private static final int ABANDONED = 4;

    /** Less is not worth telling. */
    private static final double TOLD = 0.001;

    private static final VarHandle STATE;
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final String JVM =
            Long.toHexString(ThreadLocalRandom.current().nextLong());

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Execution.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Why an experiment is interrupted. */
    enum Reason {
        TIMEOUT,
        CANCELLED,
        STOPPING
    }

    private final SweepRun<?, ?> sweep;
    private final @Nullable Slice<?, ?> slice;
    private final @Nullable Thread thread;
    private final long began;

    private volatile int state = RUNNING;
    private volatile @Nullable Reason reason;
    private volatile TimeLimit limit = TimeLimit.NONE;
    private volatile long interruptedAt;

    private @Nullable String executionId;

    /** The progress last told. */
    private double said = -1;

    /** An execution on a slot, or, without a slice, here for a debugger; without a thread, in a child JVM. */
    Execution(
            SweepRun<?, ?> sweep,
            @Nullable Slice<?, ?> slice,
            long index,
            int attempt,
            @Nullable Thread thread,
            long began) {
        super(index, attempt);
        this.sweep = sweep;
        this.slice = slice;
        this.thread = thread;
        this.began = began;
    }

    long began() {
        return began;
    }

    SweepRun<?, ?> sweep() {
        return sweep;
    }

    @Nullable
    Slice<?, ?> slice() {
        return slice;
    }

    @Nullable
    Reason reason() {
        return reason;
    }

    /** Whether it runs in a child JVM, whose monitor sees to its time limit. */
    boolean isolated() {
        return thread == null;
    }

    /** When it was interrupted, System.nanoTime(); 0 if it was not. */
    long interruptedAt() {
        return interruptedAt;
    }

    /** The limit that it was over, if it was interrupted for that. */
    TimeLimit limit() {
        return limit;
    }

    /** Interrupts the running thread, for being over its time. */
    void timeOut(TimeLimit over) {
        limit = over;
        interrupt(Reason.TIMEOUT);
    }

    /** Interrupts the running thread if it still runs this. */
    void interrupt(Reason why) {
        if (STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            reason = why;
            interruptedAt = System.nanoTime();
            if (thread != null) {
                thread.interrupt();
            }
            state = INTERRUPTED;
        }
    }

    /** Gives up on it after an interrupt; true if it had not ended. */
    boolean abandon() {
        return STATE.compareAndSet(this, INTERRUPTED, ABANDONED);
    }

    /** Called by the running thread when the job has returned; false if it was given up meanwhile. */
    boolean end() {
        while (true) {
            int now = state;
            if (now == ABANDONED) {
                return false;
            }
            if (now == INTERRUPTING) {
                Thread.onSpinWait();
            } else if (STATE.compareAndSet(this, now, ENDED)) {
                Thread.interrupted();
                return true;
            }
        }
    }

    /** Removes what it left on disk. */
    void tidy() {
        IOException failed = clear();
        if (failed != null) {
            LOG.warn("The scratch folder of {} could not be removed: {}", id(), failed.toString());
        }
    }

    @Override
    public void progress(double fraction) {
        super.progress(fraction);
        double now = lastProgress();
        if (sweep.relay().heard() && !Double.isNaN(now) && (Math.abs(now - said) >= TOLD || now == 1 && said != 1)) {
            said = now;
            sweep.relay().progress(sweep.meta().identity().name(), id(), now);
        }
    }

    @Override
    public boolean heard() {
        return sweep.relay().heard();
    }

    @Override
    public void printed(String stream, String line) {
        sweep.relay().line(stream, sweep.meta().identity().name(), id(), line);
    }

    /** What a line belongs to that is logged now. */
    Voice.Origin origin() {
        return new Voice.Origin(sweep.meta().identity().name(), id());
    }

    @Override
    protected String sweepId() {
        return sweep.sweep();
    }

    @Override
    protected long points() {
        return sweep.points();
    }

    @Override
    public String executionId() {
        String known = executionId;
        if (known == null) {
            known = id() + "-" + JVM + "-" + COUNTER.incrementAndGet();
            executionId = known;
        }
        return known;
    }

    @Override
    protected byte[] makeSeed() {
        return sweep.seed(index());
    }

    @Override
    protected boolean store(byte[] json) {
        return slice == null || stored(slice, json);
    }

    /** A checkpoint only saves time, so that one that Redis cannot take now is no failure of the experiment. */
    private boolean stored(Slice<?, ?> held, byte[] json) {
        try {
            return sweep.store().claims().checkpoint(sweep.sweep(), held.claim(), index(), json);
        } catch (QueueException e) {
            LOG.warn("A checkpoint of {} is left out: {}", id(), e.getMessage());
            return true;
        }
    }

    @Override
    public <T> Optional<T> restore(Class<T> type) {
        if (slice == null) {
            return Optional.empty();
        }
        return lastCheckpoint().map(json -> Json.read(json, type, "checkpoint"));
    }

    Optional<byte[]> lastCheckpoint() {
        while (true) {
            try {
                return sweep.store().claims().checkpoint(sweep.sweep(), index());
            } catch (QueueException e) {
                int now = state;
                if (cancelled() || now == ENDED || now == ABANDONED) {
                    throw e;
                }
                LOG.warn("{} waits for its last checkpoint: {}", id(), e.getMessage());
            }
        }
    }

    @Override
    public boolean cancelled() {
        return reason != null || sweep.cancelled();
    }
}
