package io.jobmon.core.run;

import io.jobmon.Isolation;
import io.jobmon.core.codec.Faults;
import io.jobmon.core.isolate.IsolatedTask;
import io.jobmon.core.queue.SweepMeta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker's execution as its child JVM's monitor needs it. */
final class IsolatedExecution implements IsolatedTask {

    private final Execution execution;

    IsolatedExecution(Execution execution) {
        this.execution = execution;
    }

    @Override
    public SweepFacts sweep() {
        return execution.sweep().facts();
    }

    @Override
    public Isolation isolation() {
        return execution.sweep().meta().policy().isolation();
    }

    @Override
    public long index() {
        return execution.index();
    }

    @Override
    public int attempt() {
        return execution.attempt();
    }

    @Override
    public String executionId() {
        return execution.executionId();
    }

    @Override
    public boolean timed() {
        SweepMeta.Policy policy = execution.sweep().meta().policy();
        return policy.timeout().isPresent() || policy.limits().timesMedian() > 0;
    }

    @Override
    public Optional<Faults.Described> overdue(long nanos) {
        TimeLimit limit = execution.sweep().limit();
        return nanos <= limit.nanos() ? Optional.empty() : Optional.of(Vigil.tooLong(limit, ""));
    }

    @Override
    public @Nullable Stop stop() {
        Execution.Reason reason = execution.reason();
        return reason == null ? null : reason == Execution.Reason.CANCELLED ? Stop.CANCELLED : Stop.STOPPING;
    }

    @Override
    public void progress(double fraction) {
        execution.progress(fraction);
    }

    @Override
    public boolean heard() {
        return execution.heard();
    }

    @Override
    public void printed(String stream, String line) {
        execution.printed(stream, line);
    }

    @Override
    public boolean checkpoint(byte[] json) {
        return execution.store(json);
    }

    @Override
    public Optional<byte[]> restore() {
        return execution.lastCheckpoint();
    }
}
