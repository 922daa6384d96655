package io.jobmon;

/**
 * Why an experiment failed.
 *
 * @param type the class of the exception
 * @param message its message, shortened
 * @param stack its stack trace, shortened: type, message and stack are at most 4 KiB together
 * @since 0.1
 */
public record Failure(String type, String message, String stack) {

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
