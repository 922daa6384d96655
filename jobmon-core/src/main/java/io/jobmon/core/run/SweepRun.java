package io.jobmon.core.run;

import io.jobmon.core.commit.CommitTarget;
import io.jobmon.core.isolate.IsolatedTask;
import io.jobmon.core.queue.CommitAnswer;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Seeds;
import io.jobmon.core.space.Space;
import io.jobmon.core.telemetry.Relay;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sweep as one worker knows it.
 *
 * <p>Thread safety: any number of threads.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 */
public final class SweepRun<P, R> implements CommitTarget {

    private static final Logger LOG = LoggerFactory.getLogger(SweepRun.class);
    private static final long UNKNOWN = 0;

    /** A block of such experiments takes 10 ms: half of the time after which outcomes are to show. */
    private static final long BLOCKWISE_NANOS = 10_000_000 / StoredBlock.SIZE;

    private final RunnableJob<P, R> job;
    private final Space<P> space;
    private final long points;
    private final Queue store;
    private final Relay relay;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final IsolatedTask.SweepFacts facts;

    /** Of those that succeeded. */
    private final WallTimes walls = new WallTimes();

    /** Of all, also of those that were interrupted: so long at least. */
    private final WallTimes taken = new WallTimes();

    private volatile boolean ground;
    private volatile SweepMeta meta;
    private volatile int workerNumber;
    private volatile long pace = UNKNOWN;
    private volatile boolean cancelled;
    private volatile long revision = -1;

    /**
     * Makes ready to run a sweep.
     *
     * @param job the job
     * @param meta the sweep
     * @param store a lane for checkpoints
     * @param relay says how far experiments are
     * @throws io.jobmon.JobMonException if its space cannot be read
     */
    public SweepRun(RunnableJob<P, R> job, SweepMeta meta, Queue store, Relay relay) {
        this.job = job;
        this.meta = meta;
        this.store = store;
        this.relay = relay;
        this.space = Space.parse(meta.identity().specification(), job.parameters());
        this.points = meta.identity().points();
        this.facts = new IsolatedTask.SweepFacts(
                meta.id(),
                job.job(),
                meta.identity().specification(),
                points,
                meta.identity().seed(),
                meta.identity().commonRandomNumbers());
    }

    RunnableJob<P, R> job() {
        return job;
    }

    long points() {
        return points;
    }

    IsolatedTask.SweepFacts facts() {
        return facts;
    }

    /** Whether experiments run in child JVMs. */
    boolean isolated() {
        return job.command() == null && meta.policy().isolation().isProcess();
    }

    Relay relay() {
        return relay;
    }

    Queue store() {
        return store;
    }

    P params(long index) {
        return space.params(space.pointOf(index));
    }

    byte[] seed(long index) {
        SweepMeta.Identity identity = meta.identity();
        return Seeds.of(
                identity.seed(),
                identity.commonRandomNumbers() ? "" : space.canonical(space.pointOf(index)),
                space.replicateOf(index));
    }

    /**
     * What the sweep is, and how it is to be run.
     *
     * @return the newest that is known
     */
    public SweepMeta meta() {
        return meta;
    }

    /**
     * Takes a new policy.
     *
     * @param newer the sweep as it is now
     */
    public void meta(SweepMeta newer) {
        meta = newer;
    }

    /**
     * Takes the revision that a claim told.
     *
     * @param newer a number that grows with every post
     * @return whether it is news
     */
    public boolean revision(long newer) {
        boolean news = revision != newer;
        revision = newer;
        return news;
    }

    @Override
    public String sweep() {
        return meta.id();
    }

    @Override
    public int workerNumber() {
        return workerNumber;
    }

    /**
     * Takes the number that a claim told.
     *
     * @param number this worker's number in the sweep's results
     */
    public void workerNumber(int number) {
        workerNumber = number;
    }

    @Override
    public void committed(CommitAnswer answer) {
        stored.addAndGet(answer.stored());
        if (!answer.state().equals("open")) {
            state(answer.state());
        }
    }

    /**
     * How many results of this worker were stored.
     *
     * @return the number
     */
    public long stored() {
        return stored.get();
    }

    /**
     * Takes the sweep's state as Redis told it.
     *
     * @param state open, cancelled, ...
     */
    public void state(String state) {
        cancelled = state.equals("cancelled") || state.equals("cleaning") || state.equals("gone");
    }

    /**
     * Whether its results are no longer wanted.
     *
     * @return true once cancelled, being cleaned or gone
     */
    public boolean cancelled() {
        return cancelled;
    }

    /**
     * How long one experiment takes of late.
     *
     * @return nanoseconds, 0 if unknown
     */
    public long pace() {
        return pace;
    }

    /**
     * How long the longest of the last experiments here took.
     *
     * @return nanoseconds, 0 if unknown
     */
    public long longest() {
        return taken.longest();
    }

    /**
     * How many experiments have failed here since the last that succeeded.
     *
     * @return the number
     */
    public int failuresInARow() {
        return failures.get();
    }

    void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    void failed() {
        failures.incrementAndGet();
    }

    /** Whether experiments are so short, and so plain, that whole blocks of results are sealed here. */
    boolean blockwise() {
        long each = pace;
        return each != UNKNOWN
                && each < BLOCKWISE_NANOS
                && !ground
                && !isolated()
                && meta.policy().timeout().isEmpty();
    }

    /** Takes the time that an experiment took that succeeded. */
    void finished(long nanos) {
        if (meta.policy().limits().timesMedian() > 0) {
            walls.add(nanos);
        }
    }

    /** Where there is a limit by the median and this worker has finished few: looks at what others have. */
    public void learn() {
        if (meta.policy().limits().timesMedian() == 0 || !walls.few()) {
            return;
        }
        try {
            SweepReader reader = store.sweeps().reader(meta);
            long last = (Math.min(reader.top(), reader.size()) - 1) / StoredBlock.SIZE;
            long[] newest = LongStream.rangeClosed(Math.max(0, last - 1), last).toArray();
            for (StoredBlock block : reader.read(newest).join()) {
                for (int i = 0; i < StoredBlock.SIZE; i++) {
                    if (block.state(i) == StoredBlock.RESULT) {
                        walls.add(block.wallMicros(i) * 1000);
                    }
                }
            }
        } catch (QueueException | CompletionException e) {
            LOG.debug("The wall times of {} cannot be read; those of this worker will do.", sweep(), e);
        }
    }

    /** How long an experiment may take, as of now. */
    TimeLimit limit() {
        SweepMeta.Policy policy = meta.policy();
        TimeLimit fixed = policy.timeout().map(SweepRun::fixed).orElse(TimeLimit.NONE);
        double factor = policy.limits().timesMedian();
        return factor == 0 ? fixed : TimeLimit.shorter(fixed, walls.limit(factor));
    }

    private static TimeLimit fixed(Duration timeout) {
        return new TimeLimit(timeout.toNanos(), "its timeout of " + TimeLimit.show(timeout.toNanos()));
    }

    void hasGround() {
        ground = true;
    }

    /** Takes the time that some experiments took. */
    void took(long nanos, int experiments) {
        long each = Math.max(1, nanos / experiments);
        taken.add(each);
        long before = pace;
        pace = before == UNKNOWN ? each : (before + each) / 2;
    }
}
