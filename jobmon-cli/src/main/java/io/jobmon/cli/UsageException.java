package io.jobmon.cli;

/** What the user typed cannot be done as typed: exit code 2. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
