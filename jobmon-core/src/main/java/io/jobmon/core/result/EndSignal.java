package io.jobmon.core.result;

import io.jobmon.JobMonException;
import io.jobmon.core.queue.QueueException;

/** Tells a stream of outcomes whether more are to come. For one thread. */
public interface EndSignal {

    /**
     * Whether every experiment has its outcome. Asked before each look at the outcomes: what is there once this is true is
     * still read.
     *
     * @return true if nothing more will come
     * @throws QueueException if Redis is out of reach
     * @throws JobMonException if the sweep is cancelled, paused or cleaned
     */
    boolean ended();

    /**
     * Hears that Redis is out of reach, says so once until {@link #back()}, and waits a moment.
     *
     * @param e what a call to Redis threw
     * @throws JobMonException if it is time to give up, or the thread is interrupted
     */
    void away(QueueException e);

    /** Hears that a whole look at the outcomes has gone through. */
    void back();

    /**
     * Waits until something may have changed.
     *
     * @param millis the longest to wait
     * @throws JobMonException if the thread is interrupted
     */
    void pause(long millis);
}
