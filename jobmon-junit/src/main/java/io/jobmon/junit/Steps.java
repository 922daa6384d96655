package io.jobmon.junit;

import org.jspecify.annotations.Nullable;

/** Takes several steps, each of them whatever the others throw. For one thread. */
final class Steps {

    private @Nullable RuntimeException exception;
    private @Nullable Error error;

    void take(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (isFirst(e)) {
                exception = e;
            }
        } catch (Error e) {
            if (isFirst(e)) {
                error = e;
            }
        }
    }

    private boolean isFirst(Throwable thrown) {
        Throwable first = exception == null ? error : exception;
        if (first != null && first != thrown) {
            first.addSuppressed(thrown);
        }
        return first == null;
    }

    /** Throws what was thrown first, with the others suppressed; does nothing if all went well. */
    void end() {
        if (exception != null) {
            throw exception;
        }
        if (error != null) {
            throw error;
        }
    }
}
