package io.jobmon.core.run;

import io.jobmon.Isolation;
import io.jobmon.core.isolate.IsolatedTask;
import java.time.Duration;
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
    public Optional<Duration> timeout() {
        return execution.sweep().meta().policy().timeout();
    }

    @Override
    public String timedOut() {
        return Vigil.tooLong(execution);
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
    public boolean checkpoint(byte[] json) {
        return execution.store(json);
    }

    @Override
    public Optional<byte[]> restore() {
        return execution.lastCheckpoint();
    }
}
