package io.jobmon.core.result;

import io.jobmon.JobMonException;

/** Tells a stream of outcomes whether more are to come. */
public interface EndSignal {

    /**
     * Whether every experiment has its outcome. Asked before each look at the outcomes: what is there once this is true is
     * still read.
     *
     * @return true if nothing more will come
     * @throws JobMonException if the sweep is cancelled, paused or cleaned
     */
    boolean ended();

    /**
     * Waits until something may have changed.
     *
     * @param millis the longest to wait
     * @throws JobMonException if the thread is interrupted
     */
    void pause(long millis);
}
