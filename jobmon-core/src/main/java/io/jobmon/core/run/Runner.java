package io.jobmon.core.run;

import io.jobmon.JobMonException;
import io.jobmon.core.codec.Faults;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.commit.Committer;
import io.jobmon.core.isolate.Children;
import io.jobmon.core.isolate.IsolatedAnswer;
import io.jobmon.core.queue.BlockSealer;
import io.jobmon.core.queue.Claim;
import io.jobmon.core.queue.Outcomes;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.telemetry.Voice;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs slices on one thread: parameters, user code, outcome. Short experiments are run and written a block at a time.
 *
 * <p>Thread safety: for its thread; {@link #current()} for any.
 */
final class Runner {

    /** Deflating a block takes about 30 us: it must not double what the experiments themselves take. */
    private static final long WORTH_DEFLATING_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Lists of at most 22 bytes a result are small as they are. */
    private static final int SMALL_LISTS = 22 * StoredBlock.SIZE;

    private static final long SHOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A slice that takes so much longer than it should is shared with idle slots. */
    private static final long LONG_NANOS = 10 * Slots.AHEAD_NANOS;

    private final Slots slots;
    private final WorkerEvents events;
    private final Committer committer;
    private final Children.Nursery nursery;
    private final BlockSealer sealer = new BlockSealer();
    private final Map<SweepRun<?, ?>, OutcomeType.Writer<?>> writers = new WeakHashMap<>();
    private final int[] ends = new int[StoredBlock.SIZE];
    private final long[] walls = new long[StoredBlock.SIZE];

    /** Set and cleared for each experiment, so without the fences of a volatile: who looks sees it a moment later. */
    private final AtomicReference<@Nullable Execution> current = new AtomicReference<>();

    private long last;

    Runner(Slots slots, Committer committer, Children.Nursery nursery) {
        this.slots = slots;
        this.events = slots.events();
        this.committer = committer;
        this.nursery = nursery;
    }

    @Nullable
    Execution current() {
        return current.getAcquire();
    }

    /** What a line belongs to that is logged on this thread. */
    Voice.Origin origin() {
        Execution running = current();
        return running == null ? Voice.Origin.NONE : running.origin();
    }

    void end() {
        sealer.end();
        rest();
    }

    /** Nothing is to be run for a while. */
    void rest() {
        nursery.close();
    }

    private enum Ran {
        RESULT,
        FAULT,
        UNFINISHED,
        ABANDONED
    }

    /** Runs a slice from its k-th index on; false if this thread was given up as stuck and must end. */
    <P, R> boolean run(Slice<P, R> slice, int from) {
        SweepRun<P, R> sweep = slice.sweep();
        Claim claim = slice.claim();
        OutcomeType.Writer<R> writer = writer(sweep);
        boolean unfinished = false;
        int k = from;
        last = System.nanoTime();
        long began = last;
        while (k < claim.span() && !left(slice) && last - began < LONG_NANOS) {
            slice.reached(k);
            if (!claim.wanted(k)) {
                k++;
                continue;
            }
            if (sweep.blockwise() && claim.wholeBlock(k)) {
                int done = block(slice, k, writer);
                if (done < 0) {
                    return false;
                }
                if (done == 0) {
                    unfinished = true;
                    k++;
                }
                k += done;
                continue;
            }
            Ran ran = sweep.isolated() ? isolated(slice, claim.index(k)) : single(slice, claim.index(k), writer);
            if (ran == Ran.ABANDONED) {
                return false;
            }
            unfinished |= ran == Ran.UNFINISHED;
            k++;
        }
        if (unfinished || k < claim.span() && !slice.lost()) {
            committer.release(sweep, claim);
        } else {
            committer.end(sweep, claim);
        }
        return true;
    }

    private boolean left(Slice<?, ?> slice) {
        return slice.lost() || slice.sweep().cancelled() || slots.stopping() || !slots.fits(slice.sweep());
    }

    @SuppressWarnings("unchecked")
    private <R> OutcomeType.Writer<R> writer(SweepRun<?, R> sweep) {
        return (OutcomeType.Writer<R>)
                writers.computeIfAbsent(sweep, key -> sweep.job().outcome().writer());
    }

    private <P, R> Ran single(Slice<P, R> slice, long index, OutcomeType.Writer<R> writer) {
        SweepRun<P, R> sweep = slice.sweep();
        writer.reset();
        // Not the end of the one before: its outcome may have waited for Redis since.
        last = System.nanoTime();
        long began = last;
        long start = sincePost(sweep);
        Execution execution = execution(slice, index);
        Ran ran = execute(slice, execution, writer);
        if (ran == Ran.ABANDONED) {
            return ran;
        }
        last = System.nanoTime();
        took(sweep, began, ran);
        if (ran == Ran.RESULT) {
            sweep.finished(last - began);
            events.finished(sweep, index, execution.attempt(), last - began);
            put(slice, index, start, (last - began) / 1000, execution.attempt(), writer.take(), execution.ground());
        }
        return ran;
    }

    /** Runs one experiment in a child JVM. */
    private <P, R> Ran isolated(Slice<P, R> slice, long index) {
        SweepRun<P, R> sweep = slice.sweep();
        last = System.nanoTime();
        long began = last;
        int attempt = slice.claim().failures(index) + 1;
        Execution execution = new Execution(sweep, slice, index, attempt, null, began);
        current.setRelease(execution);
        events.started(execution, slice);
        IsolatedAnswer answer;
        try {
            answer = nursery.run(new IsolatedExecution(execution));
        } catch (JobMonException e) {
            answer = execution.reason() != null
                    ? new IsolatedAnswer.Cut()
                    : new IsolatedAnswer.Failed(Faults.describe(e), 0);
        }
        if (!execution.end()) {
            return Ran.ABANDONED;
        }
        current.setRelease(null);
        last = System.nanoTime();
        took(sweep, began, answer instanceof IsolatedAnswer.Cut ? Ran.UNFINISHED : Ran.RESULT);
        if (answer instanceof IsolatedAnswer.Result result) {
            long start = Math.max(0, result.start() - sweep.meta().identity().posted());
            put(slice, index, start, result.wall(), attempt, result.value(), result.ground());
            sweep.finished(result.wall() * 1000);
            events.finished(sweep, index, attempt, result.wall() * 1000);
            sweep.succeeded();
            return Ran.RESULT;
        }
        if (answer instanceof IsolatedAnswer.Failed failed) {
            slots.faulting().put(slice, index, last - failed.wall() * 1000, failed.fault());
            return Ran.FAULT;
        }
        events.released(execution);
        return Ran.UNFINISHED;
    }

    private void took(SweepRun<?, ?> sweep, long began, Ran ran) {
        sweep.took(last - began, 1);
        if (ran != Ran.UNFINISHED) {
            slots.activity().ended(1);
        }
    }

    private <P, R> void put(
            Slice<P, R> slice, long index, long start, long wall, int attempt, byte[] value, byte[] ground) {
        SweepRun<P, R> sweep = slice.sweep();
        committer.put(
                sweep,
                slice.claim(),
                new Outcomes.Single(index, start, wall, attempt, slice.claim().workerNumber(), value, ground));
    }

    /**
     * Runs up to 128 experiments and seals their results. What does not make a whole block, because one failed, was
     * interrupted, has ground truth, or all take longer than they used to, travels as single results.
     *
     * @return how many were dealt with, 0 if the first was interrupted, -1 if this thread was given up
     */
    private <P, R> int block(Slice<P, R> slice, int k, OutcomeType.Writer<R> writer) {
        SweepRun<P, R> sweep = slice.sweep();
        long first = slice.claim().index(k);
        long start = sincePost(sweep);
        last = System.nanoTime();
        long blockBegan = last;
        writer.reset();
        int done = 0;
        boolean cut = false;
        int dealt = 0;
        byte[] ground = {};
        while (done < StoredBlock.SIZE && !cut) {
            // Should the experiment get stuck, its slice goes on behind it.
            slice.reached(k + done);
            Execution execution = execution(slice, first + done);
            Ran ran = execute(slice, execution, writer);
            if (ran == Ran.ABANDONED) {
                return -1;
            }
            long now = System.nanoTime();
            if (ran == Ran.RESULT) {
                walls[done] = (now - last) / 1000;
                events.finished(sweep, first + done, execution.attempt(), now - last);
                ends[done] = writer.size();
                done++;
                ground = execution.ground();
            }
            last = now;
            dealt = done + (ran == Ran.FAULT ? 1 : 0);
            cut = ran != Ran.RESULT || ground.length > 0 || now - blockBegan > SHOW_NANOS || left(slice);
        }
        sweep.took(last - blockBegan, Math.max(1, dealt));
        slots.activity().ended(dealt);
        if (done > 0) {
            sweep.finished((last - blockBegan) / dealt);
        }
        byte[] lists = writer.take();
        if (done == StoredBlock.SIZE && ground.length == 0 && lists.length < BlockSealer.LIMIT / 2) {
            byte[] sealed = sealer.seal(
                    slice.claim().workerNumber(),
                    start,
                    walls,
                    lists,
                    lists.length,
                    lists.length > SMALL_LISTS || last - blockBegan > WORTH_DEFLATING_NANOS);
            committer.put(sweep, new Outcomes.Block(first / StoredBlock.SIZE, sealed));
            return done;
        }
        for (int i = 0; i < done; i++) {
            byte[] value = Arrays.copyOfRange(lists, i == 0 ? 0 : ends[i - 1], ends[i]);
            put(slice, first + i, start, walls[i], 1, value, i == done - 1 ? ground : new byte[0]);
        }
        return dealt;
    }

    private Execution execution(Slice<?, ?> slice, long index) {
        int attempt = slice.claim().failures(index) + 1;
        return new Execution(slice.sweep(), slice, index, attempt, Thread.currentThread(), last);
    }

    private <P, R> Ran execute(Slice<P, R> slice, Execution execution, OutcomeType.Writer<R> writer) {
        SweepRun<P, R> sweep = slice.sweep();
        R value = null;
        Throwable thrown = null;
        boolean bound = false;
        current.setRelease(execution);
        events.started(execution, slice);
        try {
            P params = sweep.params(execution.index());
            bound = true;
            value = sweep.job().run(params, execution);
        } catch (Throwable e) {
            thrown = e;
        }
        if (!execution.end()) {
            return Ran.ABANDONED;
        }
        current.setRelease(null);
        execution.tidy();
        Execution.Reason reason = execution.reason();
        if (reason == Execution.Reason.TIMEOUT) {
            slots.faulting()
                    .put(
                            slice,
                            execution.index(),
                            execution.began(),
                            Faults.withPrinted(Vigil.timedOut(execution, false), thrown));
            return Ran.FAULT;
        }
        if (thrown == null) {
            thrown = write(writer, value);
        } else if (reason != null) {
            events.released(execution);
            return Ran.UNFINISHED;
        }
        if (thrown != null) {
            slots.faulting()
                    .put(
                            slice,
                            execution.index(),
                            execution.began(),
                            bound ? Faults.describe(thrown) : Faults.unbound(thrown));
            return Ran.FAULT;
        }
        if (execution.ground().length > 0) {
            sweep.hasGround();
        }
        sweep.succeeded();
        return Ran.RESULT;
    }

    private static <R> @Nullable Throwable write(OutcomeType.Writer<R> writer, @Nullable R value) {
        int size = writer.size();
        try {
            writer.write(value);
            return null;
        } catch (Throwable e) {
            writer.truncate(size);
            return e;
        }
    }

    private static long sincePost(SweepRun<?, ?> sweep) {
        return Math.max(0, System.currentTimeMillis() - sweep.meta().identity().posted());
    }
}
