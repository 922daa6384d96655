package io.jobmon.core.run;

import io.jobmon.Experiment;
import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.space.Seeds;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
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
final class Execution implements Experiment {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    private static final int GROUND_LIMIT = 256 * 1024;
    private static final int CHECKPOINT_LIMIT = 1024 * 1024;

    private static final int RUNNING = 0;
    private static final int INTERRUPTING = 1;
    private static final int INTERRUPTED = 2;
    private static final int ENDED = 3;
    private static final int ABANDONED = 4;

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
    private final long index;
    private final int attempt;
    private final Thread thread;
    private final long began;

    private volatile int state = RUNNING;
    private volatile @Nullable Reason reason;
    private volatile long interruptedAt;
    private volatile double progress = Double.NaN;

    private @Nullable String executionId;
    private byte @Nullable [] seed;
    private @Nullable RandomGenerator random;
    private byte[] ground = {};
    private @Nullable Path workDir;

    /** An execution on a slot, or, without a slice, here for a debugger. */
    Execution(SweepRun<?, ?> sweep, @Nullable Slice<?, ?> slice, long index, int attempt, Thread thread, long began) {
        this.sweep = sweep;
        this.slice = slice;
        this.index = index;
        this.attempt = attempt;
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

    byte[] ground() {
        return ground;
    }

    double lastProgress() {
        return progress;
    }

    @Nullable
    Reason reason() {
        return reason;
    }

    /** When it was interrupted, System.nanoTime(); 0 if it was not. */
    long interruptedAt() {
        return interruptedAt;
    }

    /** Interrupts the running thread if it still runs this. */
    void interrupt(Reason why) {
        if (STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            reason = why;
            interruptedAt = System.nanoTime();
            thread.interrupt();
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
    void clear() {
        Path dir = workDir;
        if (dir != null) {
            remove(dir);
        }
    }

    @Override
    public String id() {
        return sweep.sweep() + "-" + index;
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public int replicate() {
        return (int) (index / sweep.points());
    }

    @Override
    public int attempt() {
        return attempt;
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

    private byte[] seedBytes() {
        byte[] known = seed;
        if (known == null) {
            known = sweep.seed(index);
            seed = known;
        }
        return known;
    }

    @Override
    public long seed() {
        return Seeds.first(seedBytes());
    }

    @Override
    public RandomGenerator random() {
        RandomGenerator known = random;
        if (known == null) {
            known = Seeds.generator(seedBytes());
            random = known;
        }
        return known;
    }

    @Override
    public void progress(double fraction) {
        if (!Double.isNaN(fraction)) {
            progress = Math.max(0, Math.min(1, fraction));
        }
    }

    @Override
    public void ground(Object truth) {
        ground = Json.write(truth, GROUND_LIMIT, "ground");
    }

    @Override
    public void checkpoint(Object value) {
        byte[] json = Json.write(value, CHECKPOINT_LIMIT, "checkpoint");
        if (slice != null && !stored(slice, json)) {
            throw new JobMonException("The checkpoint of " + id()
                    + " was not stored: this worker has lost the experiment to another. Stop it.");
        }
    }

    /** A checkpoint only saves time, so that one that Redis cannot take now is no failure of the experiment. */
    private boolean stored(Slice<?, ?> held, byte[] json) {
        try {
            return sweep.store().claims().checkpoint(sweep.sweep(), held.claim(), index, json);
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

    private Optional<byte[]> lastCheckpoint() {
        while (true) {
            try {
                return sweep.store().claims().checkpoint(sweep.sweep(), index);
            } catch (QueueException e) {
                if (cancelled()) {
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

    @Override
    public Path workDir() {
        Path known = workDir;
        if (known == null) {
            try {
                known = Files.createTempDirectory("jobmon-" + index + "-");
            } catch (IOException e) {
                throw new JobMonException(
                        "The scratch folder of " + id() + " cannot be made in " + System.getProperty("java.io.tmpdir")
                                + "; make room there, or set java.io.tmpdir.",
                        e);
            }
            workDir = known;
        }
        return known;
    }

    private static void remove(Path dir) {
        try {
            Files.walkFileTree(dir, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.warn("The scratch folder {} could not be removed: {}", dir, e.toString());
        }
    }
}
