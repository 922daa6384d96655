package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import org.jspecify.annotations.Nullable;

/** Redis cannot be asked now: out of reach, restarting, full. Worth trying again. */
public final class QueueException extends JobMonException {

    private static final long serialVersionUID = 1L;

    QueueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
