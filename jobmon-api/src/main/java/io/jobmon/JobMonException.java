package io.jobmon;

import org.jspecify.annotations.Nullable;

/**
 * What JobMon refuses or cannot do. The message says what happened and what to do about it.
 *
 * @since 0.1
 */
public class JobMonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what happened, and what to do
     */
    public JobMonException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message what happened, and what to do
     * @param cause why it happened, if another exception says so
     */
    public JobMonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
