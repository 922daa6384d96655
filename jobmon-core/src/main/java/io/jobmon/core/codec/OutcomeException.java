package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import org.jspecify.annotations.Nullable;

/** A value that cannot be stored: null, too large, cyclic, or not serialisable. Running the experiment again does not help. */
public final class OutcomeException extends JobMonException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong with the value, and what to do
     * @param cause what the value itself threw, if it did
     */
    public OutcomeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
