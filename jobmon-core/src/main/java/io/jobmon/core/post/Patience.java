package io.jobmon.core.post;

import io.jobmon.JobMonException;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives up on a sweep that no live worker can run. For one thread. */
final class Patience {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PostContext context;
    private final SweepMeta meta;
    private long lastLook = System.nanoTime();
    private long aloneSince;

    Patience(PostContext context, SweepMeta meta) {
        this.context = context;
        this.meta = meta;
    }

    void check(SweepStatus status) {
        if (context.failWithoutWorkers().isEmpty() || status.claims() > 0) {
            aloneSince = 0;
            return;
        }
        long now = System.nanoTime();
        if (now - lastLook < LOOK_NANOS) {
            return;
        }
        lastLook = now;
        if (Explanation.anyoneFor(context, meta)) {
            aloneSince = 0;
        } else if (aloneSince == 0) {
            aloneSince = now;
        } else if (now - aloneSince > context.failWithoutWorkers().get().toNanos()) {
            List<String> lines = Explanation.lines(context, meta, status);
            throw new JobMonException("Nobody can run the sweep " + meta.id() + ": " + String.join("; ", lines)
                    + ". Start a worker that can, then wait again: what is done is kept.");
        }
    }
}
