package io.jobmon.core.run;

import io.jobmon.JobMonListener;
import io.jobmon.core.queue.Claim;
import io.jobmon.core.queue.ReapAnswer;
import java.time.Duration;

/**
 * What a worker tells its listeners. Each method costs a look at one field when there are none.
 *
 * <p>Thread safety: any number of threads.
 */
public final class WorkerEvents {

    private final String worker;
    private final Listeners listeners;
    private final boolean heard;

    /**
     * Makes the events of a worker.
     *
     * @param worker its id
     * @param listeners who hears of them
     */
    public WorkerEvents(String worker, Listeners listeners) {
        this.worker = worker;
        this.listeners = listeners;
        this.heard = listeners.any();
    }

    /**
     * Tells that experiments were claimed.
     *
     * @param run their sweep
     * @param claim the claim
     */
    public void claimed(SweepRun<?, ?> run, Claim claim) {
        if (heard) {
            int wanted = 0;
            for (int k = 0; k < claim.span(); k++) {
                wanted += claim.wanted(k) ? 1 : 0;
            }
            listeners.tell(new JobMonListener.Claimed(worker, job(run), run.sweep(), wanted));
        }
    }

    /**
     * Tells that claims were taken from workers that were silent.
     *
     * @param run the sweep
     * @param answer what was found
     */
    public void lost(SweepRun<?, ?> run, ReapAnswer answer) {
        if (heard && answer.taken() > 0) {
            long experiments = answer.given() + answer.suspects() + answer.dead();
            listeners.tell(new JobMonListener.Lost(
                    worker,
                    job(run),
                    run.sweep(),
                    answer.workers().stream().distinct().toList(),
                    experiments,
                    answer.dead()));
        }
    }

    void started(Execution execution, Slice<?, ?> slice) {
        if (!heard) {
            return;
        }
        SweepRun<?, ?> run = slice.sweep();
        if (execution.attempt() > 1) {
            listeners.tell(
                    new JobMonListener.Retried(worker, job(run), run.sweep(), execution.index(), execution.attempt()));
        }
        long posted = run.meta().identity().posted();
        listeners.tell(new JobMonListener.Started(
                worker,
                job(run),
                run.sweep(),
                execution.index(),
                execution.attempt(),
                Duration.ofNanos(Math.max(0, execution.began() - slice.made())),
                Duration.ofMillis(Math.max(0, System.currentTimeMillis() - posted))));
    }

    void finished(SweepRun<?, ?> run, long index, int attempt, long wallNanos) {
        if (heard) {
            listeners.tell(new JobMonListener.Finished(
                    worker, job(run), run.sweep(), index, attempt, Duration.ofNanos(wallNanos)));
        }
    }

    void failed(SweepRun<?, ?> run, long index, int attempt, long wallNanos, boolean hopeless) {
        if (heard) {
            boolean dead = hopeless || attempt >= run.meta().policy().attempts();
            listeners.tell(new JobMonListener.Failed(
                    worker, job(run), run.sweep(), index, attempt, Duration.ofNanos(wallNanos), dead));
        }
    }

    void released(Execution execution) {
        if (heard) {
            SweepRun<?, ?> run = execution.sweep();
            listeners.tell(new JobMonListener.Released(
                    worker,
                    job(run),
                    run.sweep(),
                    execution.index(),
                    execution.attempt(),
                    Duration.ofNanos(System.nanoTime() - execution.began())));
        }
    }

    private static String job(SweepRun<?, ?> run) {
        return run.meta().identity().name();
    }
}
