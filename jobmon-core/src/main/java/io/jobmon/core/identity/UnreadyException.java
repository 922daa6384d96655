package io.jobmon.core.identity;

import io.jobmon.JobMonException;

/** A command job that lacks something on this machine. It may come later. */
public final class UnreadyException extends JobMonException {

    private static final long serialVersionUID = 1L;

    private final String lack;

    /**
     * Creates an exception.
     *
     * @param job the job
     * @param lack what is lacking, in words that can follow "cannot run the job:"
     */
    public UnreadyException(String job, String lack) {
        super(job + " cannot run here: " + lack + ".");
        this.lack = lack;
    }

    /**
     * What is lacking.
     *
     * @return words without a full stop
     */
    public String lack() {
        return lack;
    }
}
