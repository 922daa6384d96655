package io.jobmon.core.post;

import io.jobmon.Failures;
import io.jobmon.JobMonException;
import io.jobmon.Point;
import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.Result;
import io.jobmon.Results;
import io.jobmon.Sweep;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.result.FailureReport;
import io.jobmon.core.result.OutcomeStream;
import io.jobmon.core.result.StoredResults;
import io.jobmon.core.run.Replay;
import io.jobmon.core.run.RunnableJob;
import io.jobmon.core.run.SweepRun;
import io.jobmon.core.space.Seeds;
import io.jobmon.core.space.Space;
import io.jobmon.core.telemetry.Relay;
import io.jobmon.spi.SweepDetails;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A handle: the sweep itself lives in Redis. Thread-safe. */
final class DefaultSweep<P, R> implements Sweep<P, R>, SweepDetails {

    private final PostContext context;
    private final SweepMeta meta;
    private final RunnableJob<P, R> job;
    private final Space<P> space;
    private final SweepReader reader;
    private final Watch watch;

    DefaultSweep(PostContext context, SweepMeta meta, RunnableJob<P, R> job, Space<P> space, Watch watch) {
        this.context = context;
        this.meta = meta;
        this.job = job;
        this.space = space;
        this.reader = context.queue().sweeps().reader(meta);
        this.watch = watch;
    }

    @Override
    public String id() {
        return meta.id();
    }

    @Override
    public String jobHash() {
        return meta.identity().job();
    }

    @Override
    public long size() {
        return meta.size();
    }

    @Override
    public Progress progress() {
        return watch.progress();
    }

    @Override
    public List<String> explain() {
        return Explanation.all(context, context.queue().sweeps().meta(meta.id()).orElse(meta));
    }

    @Override
    public void await() {
        watch.await(null, null);
    }

    @Override
    public boolean await(Duration limit) {
        if (limit == null || limit.isNegative()) {
            throw new JobMonException("The time to wait is " + limit + "; give one that is not negative.");
        }
        return watch.await(limit, null);
    }

    @Override
    public void await(ProgressListener listener) {
        if (listener == null) {
            throw new JobMonException("The listener is null; give one, such as ProgressBar.console().");
        }
        watch.await(null, listener);
    }

    @Override
    public Results<P, R> results() {
        return new StoredResults<>(reader, space, job.outcome(), this::heading);
    }

    private String heading() {
        String name = meta.identity().name();
        String description = context.queue().notes().description(jobHash());
        return description.isEmpty() ? name : name + ": " + description;
    }

    @Override
    public Stream<Result<P, R>> stream() {
        return OutcomeStream.of(reader, space, job.outcome(), watch.endSignal());
    }

    @Override
    public Failures failures() {
        return FailureReport.of(reader, space, meta.identity().posted());
    }

    @Override
    public long retryFailed() {
        Queue queue = context.queue();
        long revived = queue.sweeps().revive(meta.id());
        queue.jobs().open(queue.sweeps().meta(meta.id()).orElse(meta));
        return revived;
    }

    @Override
    public void cancel() {
        Queue queue = context.queue();
        if (queue.sweeps().cancel(meta.id()).equals("gone")) {
            throw watch.gone();
        }
        queue.jobs().close(meta.identity().base(), meta.id());
    }

    @Override
    public long points() {
        return meta.identity().points();
    }

    @Override
    public Point point(long index) {
        return space.point(space.pointOf(checked(index)));
    }

    @Override
    public long seed(long index) {
        SweepMeta.Identity identity = meta.identity();
        String parameters = identity.commonRandomNumbers() ? "" : space.canonical(space.pointOf(checked(index)));
        return Seeds.first(Seeds.of(identity.seed(), parameters, space.replicateOf(checked(index))));
    }

    @Override
    public void delete() {
        Queue queue = context.queue();
        queue.sweeps().clean(meta.id(), true);
        queue.jobs().forget(jobHash(), meta.identity().base(), meta.id());
        if (queue.jobs().sweeps(jobHash(), 1).isEmpty()) {
            queue.jobs().forget(jobHash());
        }
    }

    private long checked(long index) {
        if (index < 0 || index >= size()) {
            throw new JobMonException(
                    "There is no experiment " + index + " in the sweep " + id() + "; give 0 to " + (size() - 1) + ".");
        }
        return index;
    }

    @Override
    public R replay(long index) {
        checked(index);
        try {
            return Replay.run(new SweepRun<>(job, meta, context.queue(), Relay.SILENT), index);
        } catch (Exception e) {
            throw Sneaky.rethrow(e);
        }
    }

    @Override
    public String replayed(long index) {
        return job.types().outcome().json(replay(index));
    }

    /** The job's own exception reaches the caller as it is, checked or not: that is what replay is for. */
    private static final class Sneaky {
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        static <E extends Throwable> RuntimeException rethrow(Throwable thrown) throws E {
            throw (E) thrown;
        }
    }

    @Override
    public String toString() {
        return "sweep " + id() + " of " + meta.identity().name() + ", " + size() + " experiments";
    }
}
