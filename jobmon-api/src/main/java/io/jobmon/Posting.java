package io.jobmon;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A job about to be posted: how it is to be run, then over which parameters. A setter used twice is an error.
 *
 * <p>Job, space, {@link #replicates}, {@link #seed} and {@link #commonRandomNumbers} are the identity of a sweep: posting
 * them again returns the same sweep, and only what is missing runs. All else is policy, and the last post wins.
 *
 * <p>Thread safety: for one thread.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
public interface Posting<P, R> {

    /**
     * Describes the job for people.
     *
     * @param text the description
     * @return this
     * @throws JobMonException if used twice
     */
    Posting<P, R> describe(String text);

    /**
     * Runs each point several times, each with random numbers of its own. Default 1.
     *
     * @param n how often, at least 1
     * @return this
     * @throws JobMonException if {@code n < 1} or used twice
     */
    Posting<P, R> replicates(int n);

    /**
     * The master seed. Default 0.
     *
     * @param seed any number
     * @return this
     * @throws JobMonException if used twice
     */
    Posting<P, R> seed(long seed);

    /**
     * Gives replicate k the same random numbers at every point, so that differences between points vary less (common random
     * numbers, see Law, Simulation Modeling and Analysis, 5th ed., section 11.2).
     *
     * @return this
     * @throws JobMonException if used twice
     */
    Posting<P, R> commonRandomNumbers();

    /**
     * How often an experiment may fail before it becomes a dead letter. Default 3.
     *
     * @param n attempts in all, at least 1
     * @return this
     * @throws JobMonException if {@code n < 1} or used twice
     */
    Posting<P, R> attempts(int n);

    /**
     * How long to wait before the second attempt; doubles with each further one up to a minute, with full jitter. Default
     * one second.
     *
     * @param first the first wait, not negative, at most an hour
     * @return this
     * @throws JobMonException if it is out of range or used twice
     */
    Posting<P, R> backoff(Duration first);

    /**
     * The longest an experiment may take; then its thread is interrupted and the attempt has failed. Default: no limit.
     *
     * @param limit from a millisecond to 3,650 days
     * @return this
     * @throws JobMonException if it is out of range or used twice
     */
    Posting<P, R> timeout(Duration limit);

    /**
     * Gives each experiment this many times the median of the sweep's finished experiments; then its thread is interrupted and
     * the attempt has failed, as with {@link #timeout}. With both the shorter limit counts. Default: no limit.
     *
     * <p>The median is taken by each worker, over the wall times of the last 101 experiments that succeeded there; a worker
     * that has fewer than 20 adds the newest that are stored. As long as there are fewer than 20 in all, nothing is timed out
     * by this: set {@link #timeout} too if the first ones may hang. The limit is never below 1 second, so that a pause of a
     * busy machine is not taken for a hang: it bites where the median is above 1 second divided by the factor.
     *
     * @param factor above 1, at most 1,000,000,000
     * @return this
     * @throws JobMonException if it is out of range, infinite or NaN, or used twice
     */
    Posting<P, R> timeoutTimesMedian(double factor);

    /**
     * Sweeps of higher priority are claimed first, equals in turn. Default 0.
     *
     * @param priority from -1,000,000 to 1,000,000
     * @return this
     * @throws JobMonException if it is out of range or used twice
     */
    Posting<P, R> priority(int priority);

    /**
     * Only workers that carry all these tags may run it.
     *
     * @param tags the tags: words without comma, at most 128 characters
     * @return this
     * @throws JobMonException if a tag is blank or too long, or holds a comma, or if used twice
     */
    Posting<P, R> requires(String... tags);

    /**
     * Names files the job reads. Their content becomes part of the job's identity, and a worker runs the sweep only if its
     * own files, under the same paths, hold the same.
     *
     * @param files the files
     * @return this
     * @throws JobMonException if a file cannot be read, or if used twice
     */
    Posting<P, R> input(Path... files);

    /**
     * Pauses the sweep when so many experiments have failed for good; without it the sweep pauses when its first 1,000 outcomes
     * are all failures. While it is paused nothing is begun, what runs ends and is kept, and {@link Sweep#await()} throws with
     * the reason and the most frequent cause. {@link Sweep#retryFailed()} goes on, and so does posting again with a higher
     * limit, without one, or with {@link #keepGoing()}; posted with the same limit it stays paused.
     *
     * @param deadLetters how many failures pause it, at least 1; failed attempts that are repeated do not count
     * @return this
     * @throws JobMonException if it is below 1, or used twice or with {@link #keepGoing()}
     */
    Posting<P, R> stopAfterFailures(long deadLetters);

    /**
     * Pauses the sweep when such a share of its outcomes are failures, from 100 outcomes on; else as
     * {@link #stopAfterFailures}. With both, whichever is reached first counts.
     *
     * @param share above 0, at most 1, such as 0.1 for one in ten
     * @return this
     * @throws JobMonException if it is out of range or NaN, or used twice or with {@link #keepGoing()}
     */
    Posting<P, R> stopAtFailureShare(double share);

    /**
     * Goes on however many fail, and opens the sweep if failures have paused it; by default it is paused when the first 1,000
     * outcomes are all failures.
     *
     * @return this
     * @throws JobMonException if used twice, or with {@link #stopAfterFailures} or {@link #stopAtFailureShare}
     */
    Posting<P, R> keepGoing();

    /**
     * Where experiments run. Default: {@link Isolation#THREAD}.
     *
     * @param where a thread of the worker, or a child JVM
     * @return this
     * @throws JobMonException if it is null, or a child JVM cannot make the job anew: the message says what to change
     */
    Posting<P, R> isolation(Isolation where);

    /**
     * Posts the job over a space. Returns at once.
     *
     * @param space the points
     * @return the sweep
     * @throws JobMonException if the space does not fit the job's parameters, is too large, or Redis refuses; nothing is
     *     posted then
     */
    Sweep<P, R> sweep(ParamSpace space);

    /**
     * Posts the job over listed parameters.
     *
     * @param points the parameters, one experiment (times replicates) each
     * @return the sweep
     * @throws JobMonException as in {@link #sweep(ParamSpace)}
     */
    Sweep<P, R> sweep(Iterable<? extends P> points);

    /**
     * Posts the job over one axis.
     *
     * @param name the parameter
     * @param axis its values
     * @return the sweep
     * @throws JobMonException as in {@link #sweep(ParamSpace)}
     */
    Sweep<P, R> sweep(String name, Axis axis);

    /**
     * Posts the job over one axis of listed values.
     *
     * @param name the parameter
     * @param values its values; one array or Iterable stands for its elements
     * @return the sweep
     * @throws JobMonException as in {@link #sweep(ParamSpace)}
     */
    Sweep<P, R> sweep(String name, Object... values);

    /**
     * Posts the job for one set of parameters.
     *
     * @param params the parameters
     * @return the sweep
     * @throws JobMonException as in {@link #sweep(ParamSpace)}
     */
    Sweep<P, R> run(P params);

    /**
     * Posts the job n times for one set of parameters: {@code replicates(n).run(params)}.
     *
     * @param params the parameters
     * @param n how often
     * @return the sweep
     * @throws JobMonException as in {@link #sweep(ParamSpace)} and {@link #replicates}
     */
    Sweep<P, R> run(P params, int n);
}
