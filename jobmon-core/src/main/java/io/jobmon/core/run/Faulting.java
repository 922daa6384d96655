package io.jobmon.core.run;

import io.jobmon.core.codec.Faults;
import io.jobmon.core.commit.Committer;
import io.jobmon.core.queue.Outcomes;

/**
 * What a failed attempt sets off: it is counted, told, and brought to Redis.
 *
 * <p>Thread safety: any number of threads.
 */
final class Faulting {

    private final Committer committer;
    private final Activity activity;
    private final WorkerEvents events;

    Faulting(Committer committer, Activity activity, WorkerEvents events) {
        this.committer = committer;
        this.activity = activity;
        this.events = events;
    }

    /** Takes a failure; waits while too many outcomes wait for Redis. */
    void put(Slice<?, ?> slice, long index, long began, Faults.Described fault) {
        committer.put(slice.sweep(), counted(slice, index, began, fault));
    }

    /** Takes a failure, and never waits. */
    void putAtOnce(Slice<?, ?> slice, long index, long began, Faults.Described fault) {
        committer.putAtOnce(slice.sweep(), counted(slice, index, began, fault));
    }

    private Outcomes.Fault counted(Slice<?, ?> slice, long index, long began, Faults.Described fault) {
        long nanos = System.nanoTime() - began;
        activity.failed();
        slice.sweep().failed();
        events.failed(slice.sweep(), index, slice.claim().failures(index) + 1, nanos, fault.hopeless());
        long wall = nanos / 1000;
        long start = System.currentTimeMillis()
                - wall / 1000
                - slice.sweep().meta().identity().posted();
        return new Outcomes.Fault(
                index,
                slice.claim().epoch(),
                slice.claim().request(),
                fault.hopeless(),
                Math.max(0, start),
                wall,
                fault.key(),
                fault.json(),
                fault.output());
    }
}
