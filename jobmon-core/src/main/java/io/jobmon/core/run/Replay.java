package io.jobmon.core.run;

/** Runs one experiment here and now, for a debugger. */
public final class Replay {

    private Replay() {}

    /**
     * Runs an experiment on the calling thread and stores nothing.
     *
     * @param sweep the sweep
     * @param index the experiment
     * @param <P> the parameters
     * @param <R> the outcome
     * @return the outcome
     * @throws Exception what the job throws
     */
    public static <P, R> R run(SweepRun<P, R> sweep, long index) throws Exception {
        Execution execution = new Execution(sweep, null, index, 1, Thread.currentThread(), System.nanoTime());
        try {
            return sweep.job().run(sweep.params(index), execution);
        } finally {
            execution.clear();
        }
    }
}
