package io.jobmon.core.post;

import io.jobmon.Axis;
import io.jobmon.Isolation;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Sweep;
import io.jobmon.core.identity.Identities;
import io.jobmon.core.isolate.Children;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.run.RunnableJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A posting: checks each setting as it comes, then hands all to the poster. For one thread. */
final class DefaultPosting<P, R> implements Posting<P, R> {

    private static final Duration MAX_BACKOFF = Duration.ofHours(1);
    private static final Duration MAX_TIMEOUT = Duration.ofDays(3650);
    private static final double MAX_TIMES_MEDIAN = 1e9;
    private static final int MAX_PRIORITY = 1_000_000;

    private final Poster poster;
    private final RunnableJob<P, R> job;
    private final Set<String> used = new HashSet<>();
    private Optional<String> description = Optional.empty();
    private int replicates = 1;
    private long seed;
    private boolean commonRandomNumbers;
    private int attempts = 3;
    private Duration backoff = Duration.ofSeconds(1);
    private Optional<Duration> timeout = Optional.empty();
    private int priority;
    private List<String> tags = List.of();
    private Map<String, String> inputs = Map.of();
    private boolean keepGoing;
    private Isolation isolation = Isolation.THREAD;
    private double timesMedian;
    private long mostFailures;
    private double mostFailureShare;

    DefaultPosting(Poster poster, RunnableJob<P, R> job) {
        this.poster = poster;
        this.job = job;
    }

    private void once(String setter) {
        if (!used.add(setter)) {
            throw new JobMonException(setter + "(..) was used twice on one posting; leave one.");
        }
    }

    private static void require(boolean fine, String message) {
        if (!fine) {
            throw new JobMonException(message);
        }
    }

    @Override
    public Posting<P, R> describe(String text) {
        require(text != null, "The description is null; give a text.");
        once("describe");
        description = Optional.of(text);
        return this;
    }

    @Override
    public Posting<P, R> replicates(int n) {
        require(n >= 1, "replicates is " + n + "; give at least 1.");
        once("replicates");
        replicates = n;
        return this;
    }

    @Override
    public Posting<P, R> seed(long value) {
        once("seed");
        seed = value;
        return this;
    }

    @Override
    public Posting<P, R> commonRandomNumbers() {
        once("commonRandomNumbers");
        commonRandomNumbers = true;
        return this;
    }

    @Override
    public Posting<P, R> attempts(int n) {
        require(n >= 1, "attempts is " + n + "; give at least 1.");
        once("attempts");
        attempts = n;
        return this;
    }

    @Override
    public Posting<P, R> backoff(Duration first) {
        require(
                first != null && !first.isNegative() && first.compareTo(MAX_BACKOFF) <= 0,
                "backoff is " + first + "; give 0 to 1 hour.");
        once("backoff");
        backoff = first;
        return this;
    }

    @Override
    public Posting<P, R> timeout(Duration limit) {
        require(
                limit != null && limit.compareTo(Duration.ofMillis(1)) >= 0 && limit.compareTo(MAX_TIMEOUT) <= 0,
                "timeout is " + limit + "; give 1 millisecond to 3650 days.");
        once("timeout");
        timeout = Optional.of(limit);
        return this;
    }

    @Override
    public Posting<P, R> priority(int value) {
        require(
                Math.abs((long) value) <= MAX_PRIORITY,
                "priority is " + value + "; give -" + MAX_PRIORITY + " to " + MAX_PRIORITY + ".");
        once("priority");
        priority = value;
        return this;
    }

    @Override
    public Posting<P, R> requires(String... wanted) {
        List<String> checked = Tags.check(wanted);
        once("requires");
        tags = checked;
        return this;
    }

    @Override
    public Posting<P, R> input(Path... files) {
        require(
                files != null && Arrays.stream(files).noneMatch(file -> file == null),
                "An input is null; give a file.");
        Map<String, String> digests = Identities.digests(List.of(files));
        once("input");
        inputs = digests;
        return this;
    }

    @Override
    public Posting<P, R> timeoutTimesMedian(double factor) {
        require(
                factor > 1 && factor <= MAX_TIMES_MEDIAN,
                "timeoutTimesMedian is " + factor + "; give a number above 1, at most " + (long) MAX_TIMES_MEDIAN
                        + ", such as 10.");
        once("timeoutTimesMedian");
        timesMedian = factor;
        return this;
    }

    @Override
    public Posting<P, R> stopAfterFailures(long deadLetters) {
        require(deadLetters >= 1, "stopAfterFailures is " + deadLetters + "; give at least 1.");
        once("stopAfterFailures");
        notBoth("stopAfterFailures", "keepGoing");
        mostFailures = deadLetters;
        return this;
    }

    @Override
    public Posting<P, R> stopAtFailureShare(double share) {
        require(share > 0 && share <= 1, "stopAtFailureShare is " + share + "; give a share above 0, at most 1.");
        once("stopAtFailureShare");
        notBoth("stopAtFailureShare", "keepGoing");
        mostFailureShare = share;
        return this;
    }

    private void notBoth(String setter, String other) {
        require(
                !used.contains(other),
                setter + "(..) and " + other + "(..) say the opposite of each other; leave one.");
    }

    @Override
    public Posting<P, R> keepGoing() {
        once("keepGoing");
        notBoth("keepGoing", "stopAfterFailures");
        notBoth("keepGoing", "stopAtFailureShare");
        keepGoing = true;
        return this;
    }

    @Override
    public Posting<P, R> isolation(Isolation where) {
        require(where != null, "The isolation is null; give Isolation.THREAD or Isolation.PROCESS.");
        require(
                job.command() == null,
                job.identity().name() + " is a CommandJob, which has a process of its own; leave isolation(..) out.");
        if (where.isProcess()) {
            Children.check(job.job());
        }
        once("isolation");
        isolation = where;
        return this;
    }

    @Override
    public Sweep<P, R> sweep(ParamSpace space) {
        require(space != null, "The space is null; give one, such as ParamSpace.grid().axis(\"p\", 0.1, 0.2).");
        return poster.sweep(this, space);
    }

    @Override
    public Sweep<P, R> sweep(Iterable<? extends P> points) {
        require(points != null, "The points are null; give parameters to run.");
        return sweep(ParamSpace.points(points));
    }

    @Override
    public Sweep<P, R> sweep(String name, Axis axis) {
        return sweep(ParamSpace.grid().axis(name, axis));
    }

    @Override
    public Sweep<P, R> sweep(String name, Object... values) {
        return sweep(ParamSpace.grid().axis(name, values));
    }

    @Override
    public Sweep<P, R> run(P params) {
        require(params != null, "The parameters are null; give some, or NoParams for a job that has none.");
        return sweep(List.of(params));
    }

    @Override
    public Sweep<P, R> run(P params, int n) {
        return replicates(n).run(params);
    }

    RunnableJob<P, R> job() {
        return job;
    }

    Optional<String> description() {
        return description;
    }

    int chosenReplicates() {
        return replicates;
    }

    long chosenSeed() {
        return seed;
    }

    boolean choseCommonRandomNumbers() {
        return commonRandomNumbers;
    }

    Map<String, String> inputs() {
        return inputs;
    }

    SweepMeta.Policy policy() {
        SweepMeta.Limits limits = new SweepMeta.Limits(timesMedian, mostFailures, mostFailureShare);
        return new SweepMeta.Policy(attempts, backoff, timeout, priority, tags, keepGoing, limits, isolation);
    }
}
