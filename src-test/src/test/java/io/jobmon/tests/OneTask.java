package io.jobmon.tests;

import io.jobmon.Isolation;
import io.jobmon.ParamSpace;
import io.jobmon.core.codec.Faults;
import io.jobmon.core.isolate.IsolatedTask;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.space.Space;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An experiment for a child JVM, without a worker around it. */
class OneTask implements IsolatedTask {

    private static final Isolation SMALL = Isolation.PROCESS.maxHeap("64m");

    private final SweepFacts sweep;

    OneTask(Parting.Deed deed) {
        Parting job = new Parting();
        Space<Parting.Params> space = Space.of(
                ParamSpace.grid().axis("deed", deed), RunnableJob.of(job).parameters());
        sweep = new SweepFacts("parting", job, space.specification(), 1, 0, false);
    }

    @Override
    public SweepFacts sweep() {
        return sweep;
    }

    @Override
    public Isolation isolation() {
        return SMALL;
    }

    @Override
    public long index() {
        return 0;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String executionId() {
        return "parting-0";
    }

    @Override
    public boolean timed() {
        return false;
    }

    @Override
    public Optional<Faults.Described> overdue(long nanos) {
        return Optional.empty();
    }

    @Override
    public @Nullable Stop stop() {
        return null;
    }

    @Override
    public void progress(double fraction) {}

    @Override
    public boolean checkpoint(byte[] json) {
        return true;
    }

    @Override
    public Optional<byte[]> restore() {
        return Optional.empty();
    }
}
