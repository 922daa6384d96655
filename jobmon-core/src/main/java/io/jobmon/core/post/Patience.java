package io.jobmon.core.post;

import io.jobmon.JobMonException;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives up on a sweep that no live worker can run. For one thread. */
final class Patience {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PostContext context;
    private final SweepMeta meta;
    private final long lookNanos;
    private long lastLook = System.nanoTime();
    private long aloneSince;

    Patience(PostContext context, SweepMeta meta) {
        this.context = context;
        this.meta = meta;
        this.lookNanos = context.failWithoutWorkers()
                .map(limit -> Math.min(LOOK_NANOS, nanos(limit) / 4))
                .orElse(LOOK_NANOS);
    }

    /** A time in nanoseconds; what is longer than 292 years is 292 years. */
    static long nanos(Duration time) {
        return time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : time.toNanos();
    }

    void check(SweepStatus status) {
        if (context.failWithoutWorkers().isEmpty() || status.claims() > 0) {
            aloneSince = 0;
            return;
        }
        long now = System.nanoTime();
        if (now - lastLook < lookNanos) {
            return;
        }
        lastLook = now;
        if (Explanation.anyoneFor(context, meta)) {
            aloneSince = 0;
        } else if (aloneSince == 0) {
            aloneSince = now;
        } else if (now - aloneSince > nanos(context.failWithoutWorkers().get())) {
            SweepMeta newest = context.queue().sweeps().meta(meta.id()).orElse(meta);
            if (Explanation.anyoneFor(context, newest)) {
                aloneSince = 0;
                return;
            }
            List<String> lines = Explanation.lines(context, newest, status);
            throw new JobMonException("Nobody can run the sweep " + meta.id() + ": " + String.join("; ", lines)
                    + ". Start a worker that can, then wait again: what is done is kept.");
        }
    }
}
