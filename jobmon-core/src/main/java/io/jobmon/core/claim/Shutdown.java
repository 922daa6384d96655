package io.jobmon.core.claim;

import io.jobmon.core.commit.Committer;
import io.jobmon.core.isolate.Children;
import io.jobmon.core.isolate.Guardian;
import io.jobmon.core.run.Slots;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orderly end of a worker's parts: nothing more is claimed, what runs may go on for a while, then it is interrupted and
 * given back; all outcomes are stored; the worker leaves the board.
 *
 * <p>Thread safety: {@link #atMost} for any thread, the rest for one.
 */
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final long PATIENCE_SECONDS = 10;

    private final Claimer claimer;
    private final Slots slots;
    private final Children children;
    private final Committer committer;
    private final Heart heart;
    private final Grace grace = new Grace(System::nanoTime);

    Shutdown(Claimer claimer, Slots slots, Children children, Committer committer, Heart heart) {
        this.claimer = claimer;
        this.slots = slots;
        this.children = children;
        this.committer = committer;
        this.heart = heart;
    }

    /** What runs may go on for so long at most, whether the end has begun or not. */
    void atMost(Duration time) {
        grace.atMost(time);
    }

    void run() {
        claimer.stop();
        slots.stop();
        if (!finished()) {
            Set<String> jobs = slots.activity().jobs();
            if (!jobs.isEmpty()) {
                LOG.info("What still runs of {} is interrupted and given back; it counts as no attempt.", jobs);
            }
            slots.interrupt();
            if (!slots.await(afterInterrupt())) {
                slots.abandon();
            }
        }
        children.close();
        Guardian.rest();
        committer.close(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        heart.stop();
    }

    /** Waits for what runs; somebody may shorten the grace meanwhile. */
    private boolean finished() {
        Duration left;
        do {
            left = grace.left();
            if (slots.await(left.compareTo(STEP) < 0 ? left : STEP)) {
                return true;
            }
        } while (!left.isZero() && !Thread.currentThread().isInterrupted());
        return false;
    }

    /** For last checkpoints, and no longer than the end of the allocation lets it. */
    private Duration afterInterrupt() {
        Duration margin = slots.allocation().margin();
        return margin.isZero() ? INTERRUPT_GRACE : margin.dividedBy(4);
    }
}
