package io.jobmon.core.post;

import io.jobmon.JobMonException;
import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.SweepState;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepStatus;
import io.jobmon.core.queue.Sweeps;
import io.jobmon.core.result.EndSignal;
import io.jobmon.core.result.FailureReport;
import io.jobmon.core.watch.Notices;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows one sweep: progress, waiting, and what waits for what. Thread-safe. */
final class Watch {

    private static final int CAUSE = 300;
    private static final long POLL_MILLIS = 200;
    private static final long NEXT_NOTICE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final PostContext context;
    private final SweepMeta meta;
    private final @Nullable Supplier<Sweeps.Posted> postAgain;
    private final Rate rate = new Rate();

    /** The server that was the last to be seen with it. */
    private final AtomicReference<String> incarnation;

    /** Posts nothing again. */
    Watch(PostContext context, SweepMeta meta) {
        this(context, meta, "", null);
    }

    /** Posts the sweep again if another server than the one that it was posted to does not have it. */
    Watch(PostContext context, SweepMeta meta, String incarnation, @Nullable Supplier<Sweeps.Posted> postAgain) {
        this.context = context;
        this.meta = meta;
        this.incarnation = new AtomicReference<>(incarnation);
        this.postAgain = postAgain;
    }

    Progress progress() {
        SweepStatus status = status();
        if (!status.exists()) {
            throw gone();
        }
        return progress(status);
    }

    private SweepStatus status() {
        String before = incarnation.get();
        SweepStatus status = context.queue().sweeps().status(meta.id());
        if (status.exists()) {
            // An answer that came late says nothing of what another thread has seen meanwhile.
            incarnation.compareAndSet(before, status.incarnation());
        }
        return status;
    }

    private Progress progress(SweepStatus status) {
        long ended = status.done() + status.dead();
        rate.add(ended);
        double perSecond = rate.perSecond();
        long left = status.size() - ended;
        Optional<Duration> remaining = perSecond > 0 && left > 0
                ? Optional.of(Duration.ofMillis((long) Math.min(1e15, left / perSecond * 1000)))
                : Optional.empty();
        return new Progress(
                SweepState.valueOf(status.state().toUpperCase(Locale.ROOT)),
                status.size(),
                status.done(),
                status.dead(),
                Math.min(status.claimed(), left),
                perSecond,
                rate.elapsed(),
                remaining);
    }

    JobMonException gone() {
        return new JobMonException(
                "The sweep " + meta.id() + " of " + meta.identity().name()
                        + " is not in Redis any more: it was cleaned, or Redis was flushed. Post it again to run it again.");
    }

    /** Whether it has ended; throws what keeps it from ending. */
    private boolean ended(SweepStatus status) {
        switch (status.state()) {
            case "complete" -> {
                return true;
            }
            case "cancelled" ->
                throw new JobMonException(
                        "The sweep " + meta.id() + " of " + meta.identity().name()
                                + " was cancelled; its results so far are kept. Post it again to go on.");
            case "paused" ->
                throw new JobMonException(
                        "The sweep " + meta.id() + " of " + meta.identity().name() + " is paused: "
                                + status.reason() + cause()
                                + ". Look at sweep.failures(). To go on, call sweep.retryFailed(), or post it again with"
                                + " a higher limit or with keepGoing().");
            case "cleaning" ->
                throw new JobMonException(
                        "The sweep " + meta.id() + " of " + meta.identity().name() + " is being cleaned.");
            case "gone" -> {
                comeBack();
                return false;
            }
            default -> {
                return false;
            }
        }
    }

    /** A sweep that is gone is posted again where it has not been seen; where it was seen, somebody cleaned it. */
    private synchronized void comeBack() {
        String before = incarnation.get();
        SweepStatus status = status();
        if (status.exists()) {
            // Another thread was faster.
            return;
        }
        if (postAgain == null || status.incarnation().equals(before)) {
            throw gone();
        }
        Notices.say("Redis was started anew without the sweep " + meta.id() + "; it is posted again.");
        incarnation.set(postAgain.get().incarnation());
    }

    /** The most frequent cause, shortened; empty if there is none. */
    private String cause() {
        return FailureReport.mostFrequent(context.queue().sweeps().reader(meta))
                .map(text -> ", most of them " + (text.length() > CAUSE ? text.substring(0, CAUSE) + "..." : text))
                .orElse("");
    }

    boolean await(@Nullable Duration limit, @Nullable ProgressListener listener) {
        long begun = System.nanoTime();
        long most = limit == null ? Long.MAX_VALUE : Patience.nanos(limit);
        Wait wait = new Wait(listener);
        try (Bell bell = new Bell(meta.id())) {
            while (true) {
                wait.listen(bell);
                if (wait.ended()) {
                    return true;
                }
                long passed = System.nanoTime() - begun;
                if (passed >= most) {
                    return false;
                }
                bell.await(Math.min(POLL_MILLIS, Math.max(1, (most - passed) / 1_000_000)));
            }
        } finally {
            if (listener != null) {
                listener.ended();
            }
        }
    }

    /** One wait: looks at the sweep, and survives a server that is away. For one thread. */
    private final class Wait {

        private final @Nullable ProgressListener listener;
        private final Patience patience = new Patience(context, meta);
        private final long relist = Patience.nanos(context.firstNotice().multipliedBy(2));
        private long nextNotice = System.nanoTime() + Patience.nanos(context.firstNotice());
        private long nextList = System.nanoTime() + relist;
        private long awaySince;

        Wait(@Nullable ProgressListener listener) {
            this.listener = listener;
        }

        /** Listens for messages; without them the sweep is looked at now and then. */
        void listen(Bell bell) {
            try {
                bell.listen(context.queue());
            } catch (QueueException e) {
                away(e);
            }
        }

        boolean ended() {
            try {
                boolean ended = look();
                awaySince = 0;
                return ended;
            } catch (QueueException e) {
                away(e);
                return false;
            }
        }

        private boolean look() {
            SweepStatus status = status();
            if (listener != null && status.exists()) {
                listener.progress(progress(status));
            }
            if (Watch.this.ended(status)) {
                // Perhaps the workers that completed it have left without taking it off, or it was listed meanwhile.
                context.queue().jobs().close(meta.identity().base(), meta.id());
                return true;
            }
            long now = System.nanoTime();
            if (now - nextNotice >= 0) {
                nextNotice = now + NEXT_NOTICE_NANOS;
                Explanation.lines(
                                context,
                                context.queue().sweeps().meta(meta.id()).orElse(meta),
                                status)
                        .forEach(this::say);
            }
            patience.check(status);
            if (now - nextList >= 0) {
                // The lists of open sweeps are hints; a waiting program keeps its own sweep on them.
                nextList = now + relist;
                context.queue().jobs().list(meta);
            }
            return false;
        }

        private void away(QueueException e) {
            awaySince = Watch.this.away(e, awaySince, this::say);
        }

        private void say(String line) {
            if (listener == null) {
                Notices.say(line);
            } else {
                listener.notice(line);
            }
        }
    }

    /** Says once that Redis is away, and gives up where the options say so; answers since when it is away. */
    private long away(QueueException e, long since, Consumer<String> say) {
        long now = System.nanoTime();
        if (since == 0) {
            say.accept(e.getMessage() + " Workers keep what they have; this program goes on waiting.");
            return now;
        }
        if (context.failWithoutWorkers().isPresent()
                && now - since > Patience.nanos(context.failWithoutWorkers().get())) {
            throw e;
        }
        return since;
    }

    EndSignal endSignal() {
        return new EndSignal() {
            private final Patience patience = new Patience(context, meta);
            private long awaySince;

            @Override
            public boolean ended() {
                SweepStatus status = status();
                boolean ended = Watch.this.ended(status);
                if (!ended) {
                    patience.check(status);
                }
                return ended;
            }

            @Override
            public void away(QueueException e) {
                awaySince = Watch.this.away(e, awaySince, Notices::say);
                pause(POLL_MILLIS);
            }

            @Override
            public void back() {
                awaySince = 0;
            }

            @Override
            public void pause(long millis) {
                sleep(millis);
            }
        };
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static JobMonException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new JobMonException("Interrupted while waiting for a sweep; it goes on without this program.", e);
    }
}
