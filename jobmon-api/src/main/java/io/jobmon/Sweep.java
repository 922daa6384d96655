package io.jobmon;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A posted job: to wait for, to follow, to read. The sweep lives in Redis; a handle may be dropped at any time.
 *
 * <p>Thread safety: any number of threads.
 *
 * @param <P> the parameters
 * @param <R> the outcome
 * @since 0.1
 */
public interface Sweep<P, R> {

    /**
     * The sweep's id: the same whenever the same job, space, replicates and seed are posted.
     *
     * @return the id
     */
    String id();

    /**
     * The hash of the sweep's job: its name, code, configuration and inputs.
     *
     * @return the hash, for {@link JobMon#source}, {@link JobMon#describe} and {@link JobMon#clean}
     */
    String jobHash();

    /**
     * How many experiments there are: points times replicates.
     *
     * @return the size
     */
    long size();

    /**
     * Where it stands, read from Redis now.
     *
     * @return the progress
     * @throws JobMonException if Redis is out of reach, or the sweep was cleaned
     */
    Progress progress();

    /**
     * Why it stands where it stands, and above all why it does not go on: nobody has its code, tags do not match, slots are
     * busy, leases or retries are waited for, Redis is full, it is paused. What each line tells can be acted upon.
     *
     * @return a line for each reason; one that says that it runs, if it does
     * @throws JobMonException if Redis is out of reach
     */
    List<String> explain();

    /**
     * Waits until every experiment has its outcome. Ends normally when experiments failed: see {@link #failures()}.
     *
     * <p>After 5 seconds and then every minute it says what waits for what.
     *
     * @throws JobMonException if the sweep is cancelled, paused or cleaned, if the waiting thread is interrupted, or if no
     *     worker can run it and none is to be expected ({@link JobMonOptions#failWithoutWorkers})
     */
    void await();

    /**
     * Waits, at most for a time.
     *
     * @param limit the longest to wait
     * @return whether the sweep has ended
     * @throws JobMonException as {@link #await()}
     */
    boolean await(Duration limit);

    /**
     * Waits and reports.
     *
     * @param listener told about progress a few times a second, on the waiting thread
     * @throws JobMonException as {@link #await()}
     */
    void await(ProgressListener listener);

    /**
     * The results that are there now: of succeeded experiments, by index, read as they are iterated.
     *
     * @return the results
     */
    Results<P, R> results();

    /**
     * Outcomes as they come, failures too: first what is there already, then what is new, each index once. Ends with the
     * sweep; close it to leave earlier.
     *
     * @return the outcomes
     * @throws JobMonException while it is read: as {@link #await()}
     */
    Stream<Result<P, R>> stream();

    /**
     * The failed experiments, grouped by cause.
     *
     * @return the failures as of now
     */
    Failures failures();

    /**
     * Gives every failed experiment its attempts anew and opens the sweep if it was paused.
     *
     * @return how many experiments are to be run again
     * @throws JobMonException if the sweep is cancelled or cleaned
     */
    long retryFailed();

    /** Cancels: nothing new starts, what runs is interrupted. Results stay; posting the same again opens it. */
    void cancel();

    /**
     * Runs one experiment here and now, in this thread, for a debugger. Stores nothing.
     *
     * @param index the experiment's index
     * @return its outcome
     * @throws JobMonException if there is no such index; the job's own exception, checked ones included, is rethrown as it
     *     is
     */
    R replay(long index);
}
