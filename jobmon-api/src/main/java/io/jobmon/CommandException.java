package io.jobmon;

/**
 * A program that failed: it ended with an exit code other than 0, could not be started, or was interrupted. The message says
 * which, and shows the last lines of its standard error.
 *
 * @since 0.1
 */
public final class CommandException extends JobMonException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String stdout;
    private final String stderr;

    /**
     * Creates an exception.
     *
     * @param message what happened
     * @param output what the program left
     */
    public CommandException(String message, CommandOutput output) {
        super(message);
        this.exitCode = output.exitCode();
        this.stdout = output.stdout();
        this.stderr = output.stderr();
    }

    /**
     * What the program left.
     *
     * @return the exit code (-1 if it did not start) and the end of what it printed, at most 64 KiB of each stream
     */
    public CommandOutput output() {
        return new CommandOutput(exitCode, stdout, stderr);
    }
}
