package io.jobmon;

/**
 * Why an experiment failed.
 *
 * @param type the class of the exception
 * @param message its message, shortened
 * @param stack its stack trace, shortened: type, message and stack are at most 4 KiB together
 * @param stdout the end of what the experiment's process wrote to its standard output, at most 64 KiB; empty if it had no
 *     process of its own, wrote nothing, or its output was not kept
 * @param stderr the same of its standard error
 * @since 0.1
 */
public record Failure(String type, String message, String stack, String stdout, String stderr) {

    /**
     * A failure without output of a process.
     *
     * @param type the class of the exception
     * @param message its message
     * @param stack its stack trace
     */
    public Failure(String type, String message, String stack) {
        this(type, message, stack, "", "");
    }

    /**
     * The type and the message on one line.
     *
     * @return the line
     */
    @Override
    public String toString() {
        return message.isEmpty() ? type : type + ": " + message;
    }
}
