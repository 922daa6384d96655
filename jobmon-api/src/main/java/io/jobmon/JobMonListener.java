package io.jobmon;

import java.time.Duration;
import java.util.List;

/**
 * Is told what happens to experiments: for metrics, logs, notifications. Each method does nothing unless it is overridden.
 *
 * <p>It is given to {@link JobMonOptions#listener} (what that {@link JobMon} posts, and all workers that it starts in this JVM,
 * those of {@code local()} too) or to {@link Worker.Builder#listener} (that worker). Workers in other JVMs have listeners of
 * their own: each process tells what it does itself, so events of one sweep are spread over the processes that work on it.
 *
 * <p>An experiment that is begun, {@link Started}, ends with one event of the same worker: {@link Finished}, {@link Failed} or
 * {@link Released}. If the worker is killed there is none; some other worker then says {@link Lost}, and the experiment is
 * started again. So over all workers an index is started at least once; it is finished once, or more than once if a worker
 * that was taken for lost still brought its result (the first one counts). For what is stored ask {@link Sweep#progress} and
 * {@link JobMon#jobs}.
 *
 * <p>No event waits for a listener: events go into a queue, and a daemon thread of the listener's own calls it, some
 * milliseconds later. A listener that blocks delays only itself. When more than {@value #WAITING} events wait, new ones are left
 * out and counted, see {@link Missed}: that happens when experiments take microseconds or the listener is slow. What a listener
 * throws is logged, once for each kind of event, and changes nothing. When the worker or the JobMon closes, the listener is
 * told what waits for at most two seconds more.
 *
 * <p>Thread safety: a listener that is given once is called by one thread at a time. Events of one experiment come in order;
 * those of different threads, such as a post and the first claim, may come in either order. Later versions may add methods to
 * this interface and components to its records: do not create the records, except in tests.
 *
 * @since 0.1
 */
public interface JobMonListener {

    /** How many events may wait for a listener. */
    int WAITING = 65_536;

    /**
     * A sweep was posted: Redis has it. Told by the program that posts, at each call of {@code sweep(..)} or {@code run(..)},
     * and when a wait posts again what Redis has lost.
     *
     * @param event which
     */
    default void posted(Posted event) {}

    /**
     * A worker took experiments of a sweep, to run them next.
     *
     * @param event how many
     */
    default void claimed(Claimed event) {}

    /**
     * A worker begins an experiment.
     *
     * @param event which
     */
    default void started(Started event) {}

    /**
     * A worker begins an experiment that has failed before. {@link #started} is called next, for the same attempt.
     *
     * @param event which
     */
    default void retried(Retried event) {}

    /**
     * An experiment has a result, which is on its way to Redis.
     *
     * @param event which
     */
    default void finished(Finished event) {}

    /**
     * An attempt has failed: the job threw, was over its time, its process crashed, or its outcome cannot be stored.
     *
     * @param event which
     */
    default void failed(Failed event) {}

    /**
     * An experiment was begun and given back without an attempt used: its worker stops, or its sweep was cancelled.
     *
     * @param event which
     */
    default void released(Released event) {}

    /**
     * Other workers were silent for a lease, and what they had claimed was taken from them. Told by the worker that found it.
     *
     * @param event who, and how many
     */
    default void lost(Lost event) {}

    /**
     * Events were left out because too many waited for this listener.
     *
     * @param event how many
     */
    default void missed(Missed event) {}

    /**
     * A sweep was posted.
     *
     * @param job the job's name
     * @param sweep the sweep's id
     * @param size how many experiments it has
     * @param known whether it was there already: the post resumes it, or changes how it is run
     */
    record Posted(String job, String sweep, long size, boolean known) {}

    /**
     * A worker took experiments.
     *
     * @param worker the worker's id
     * @param job the job's name
     * @param sweep the sweep's id
     * @param experiments how many, without those that have an outcome
     */
    record Claimed(String worker, String job, String sweep, int experiments) {}

    /**
     * An experiment begins.
     *
     * @param worker the worker's id
     * @param job the job's name
     * @param sweep the sweep's id
     * @param index the experiment
     * @param attempt which attempt, from 1; a run that was released or lost does not count
     * @param sinceClaim how long it waited in this worker
     * @param sincePost how long ago the sweep was posted first, by the clocks of Redis and of this machine, which may differ; not
     *     less than 0
     */
    record Started(
            String worker,
            String job,
            String sweep,
            long index,
            int attempt,
            Duration sinceClaim,
            Duration sincePost) {}

    /**
     * An experiment that has failed before begins.
     *
     * @param worker the worker's id
     * @param job the job's name
     * @param sweep the sweep's id
     * @param index the experiment
     * @param attempt which attempt, from 2
     */
    record Retried(String worker, String job, String sweep, long index, int attempt) {}

    /**
     * An experiment has a result.
     *
     * @param worker the worker's id
     * @param job the job's name
     * @param sweep the sweep's id
     * @param index the experiment
     * @param attempt which attempt, from 1
     * @param wall how long this attempt ran
     */
    record Finished(String worker, String job, String sweep, long index, int attempt, Duration wall) {}

    /**
     * An attempt has failed.
     *
     * @param worker the worker's id
     * @param job the job's name
     * @param sweep the sweep's id
     * @param index the experiment
     * @param attempt which attempt, from 1
     * @param wall how long this attempt ran
     * @param dead true if it was the last: the experiment becomes a dead letter; false if it is tried again
     */
    record Failed(String worker, String job, String sweep, long index, int attempt, Duration wall, boolean dead) {}

    /**
     * An experiment was given back.
     *
     * @param worker the worker's id
     * @param job the job's name
     * @param sweep the sweep's id
     * @param index the experiment
     * @param attempt which attempt, from 1; the next run has the same number
     * @param wall how long it ran
     */
    record Released(String worker, String job, String sweep, long index, int attempt, Duration wall) {}

    /**
     * Workers were lost.
     *
     * @param worker the id of the worker that found it
     * @param job the job's name
     * @param sweep the sweep's id
     * @param silent the ids of the workers that were silent
     * @param experiments how many experiments without an outcome they had claimed, whether begun or not
     * @param dead how many of these were lost too often, and are dead letters now; the others are run again
     */
    record Lost(String worker, String job, String sweep, List<String> silent, long experiments, long dead) {

        /**
         * Copies the list.
         *
         * @param worker the id of the worker that found it
         * @param job the job's name
         * @param sweep the sweep's id
         * @param silent the ids of the workers that were silent
         * @param experiments how many experiments they had claimed
         * @param dead how many are dead letters now
         */
        public Lost {
            silent = List.copyOf(silent);
        }
    }

    /**
     * Events were left out.
     *
     * @param events how many since the last time
     */
    record Missed(long events) {}
}
