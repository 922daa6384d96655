package io.jobmon.core.commit;

import io.jobmon.core.queue.CommitAnswer;

/** A sweep as outcomes see it. Used as a key: by identity. */
public interface CommitTarget {

    /**
     * The sweep.
     *
     * @return its id
     */
    String sweep();

    /**
     * The number that this worker has in the sweep's results.
     *
     * @return the number
     */
    int workerNumber();

    /**
     * Told what became of outcomes. Must not wait.
     *
     * @param answer what Redis said
     */
    void committed(CommitAnswer answer);
}
