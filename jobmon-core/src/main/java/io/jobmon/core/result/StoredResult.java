package io.jobmon.core.result;

import io.jobmon.Failure;
import io.jobmon.JobMonException;
import io.jobmon.Result;
import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One outcome as it was stored. */
final class StoredResult<P, R> implements Result<P, R> {

    private final SweepReader reader;
    private final long index;
    private final Space<P> space;
    private final @Nullable P params;
    private final @Nullable R value;
    private final @Nullable Failure failure;
    private final boolean printed;
    private final int attempts;
    private final int worker;
    private final long wallMicros;

    private StoredResult(
            SweepReader reader,
            Space<P> space,
            StoredBlock block,
            int i,
            @Nullable R value,
            @Nullable Failure failure) {
        this.reader = reader;
        this.index = block.block() * StoredBlock.SIZE + i;
        this.space = space;
        // Perhaps it failed because there are no such parameters.
        this.params = failure == null ? space.params(space.pointOf(index)) : null;
        this.value = value;
        this.failure = failure;
        this.printed = block.printed(i);
        this.attempts = block.attempts(i);
        this.worker = block.worker(i);
        this.wallMicros = block.wallMicros(i);
    }

    static <P, R> StoredResult<P, R> success(SweepReader reader, Space<P> space, StoredBlock block, int i, R value) {
        return new StoredResult<>(reader, space, block, i, value, null);
    }

    static <P, R> StoredResult<P, R> failure(
            SweepReader reader, Space<P> space, StoredBlock block, int i, Failure failure) {
        return new StoredResult<>(reader, space, block, i, null, failure);
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public P params() {
        return params == null ? space.params(space.pointOf(index)) : params;
    }

    @Override
    public int replicate() {
        return space.replicateOf(index);
    }

    @Override
    public boolean succeeded() {
        return failure == null;
    }

    @Override
    public R value() {
        if (value == null) {
            throw new JobMonException("Experiment " + index + " failed (" + failure
                    + "); ask succeeded() before value(), or read failure().");
        }
        return value;
    }

    @Override
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure == null || !printed ? failure : Causes.printed(reader, index, failure));
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public Duration elapsed() {
        return Duration.of(wallMicros, ChronoUnit.MICROS);
    }

    @Override
    public String worker() {
        return reader.worker(worker);
    }

    @Override
    public <G> Optional<G> ground(Class<G> type) {
        return reader.ground(index).map(json -> Json.read(json, type, "ground truth of experiment " + index));
    }

    @Override
    public String toString() {
        return "Result " + index + " of "
                + (params == null ? space.values(space.pointOf(index)) : params) + ", replicate " + replicate() + ": "
                + (failure == null ? value : failure);
    }
}
