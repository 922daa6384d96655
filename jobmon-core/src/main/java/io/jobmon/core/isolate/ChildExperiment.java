package io.jobmon.core.isolate;

import io.jobmon.JobMonException;
import io.jobmon.core.codec.Json;
import io.jobmon.core.space.Seeds;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An experiment in a child JVM.
 *
 * <p>Concurrency: the lock keeps a cancel from interrupting what runs next.
 */
final class ChildExperiment extends BasicExperiment {

    private final ChildLink link;
    private final ChildMain.ChildSweep<?, ?> sweep;
    private final long run;
    private final String executionId;
    private final Thread thread;
    private final Path scratch;
    private final Object lock = new Object();
    private boolean ended;
    private volatile boolean cancelled;

    ChildExperiment(
            ChildLink link,
            ChildMain.ChildSweep<?, ?> sweep,
            long run,
            long index,
            int attempt,
            String executionId,
            Thread thread,
            Path scratch) {
        super(index, attempt);
        this.link = link;
        this.sweep = sweep;
        this.run = run;
        this.executionId = executionId;
        this.thread = thread;
        this.scratch = scratch;
    }

    /** It goes with the child, however that ends. */
    @Override
    protected Path makeWorkDir() {
        return Scratch.make(scratch, "jobmon-" + index() + "-");
    }

    void cancel(long wanted) {
        synchronized (lock) {
            if (wanted == run && !ended) {
                cancelled = true;
                thread.interrupt();
            }
        }
    }

    /** Called by the running thread when the job has returned; true if it was cancelled before. */
    boolean end() {
        synchronized (lock) {
            ended = true;
            Thread.interrupted();
            return cancelled;
        }
    }

    @Override
    protected String sweepId() {
        return sweep.id();
    }

    @Override
    protected long points() {
        return sweep.points();
    }

    @Override
    public String executionId() {
        return executionId;
    }

    @Override
    protected byte[] makeSeed() {
        return Seeds.of(
                sweep.seed(),
                sweep.commonRandomNumbers() ? "" : sweep.space().canonical(index() % sweep.points()),
                replicate());
    }

    @Override
    public void progress(double fraction) {
        super.progress(fraction);
        double now = lastProgress();
        if (!Double.isNaN(now)) {
            link.tell(Wire.message(Wire.PROGRESS, run, out -> out.writeDouble(now)));
        }
    }

    @Override
    protected boolean store(byte[] json) {
        try (DataInputStream in = ask(Wire.message(Wire.CHECKPOINT, run, out -> Wire.bytes(out, json)))) {
            return in.readBoolean();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> Optional<T> restore(Class<T> type) {
        try (DataInputStream in = ask(Wire.message(Wire.RESTORE, run))) {
            return in.readBoolean() ? Optional.of(Json.read(Wire.bytes(in), type, "checkpoint")) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataInputStream ask(byte[] message) throws IOException {
        try {
            DataInputStream in = Wire.open(link.ask(message));
            in.readByte();
            in.readLong();
            return in;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobMonException(id() + " was cancelled while it waited for its checkpoint.", e);
        }
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
