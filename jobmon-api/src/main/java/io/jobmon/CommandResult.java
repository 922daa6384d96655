package io.jobmon;

/**
 * How a command on a host ended.
 *
 * <p>Thread safety: immutable.
 *
 * @param exitCode its exit code; 128 and the signal's number if a signal ended it
 * @param stdout what it wrote to standard output, read as UTF-8
 * @param stderr what it wrote to standard error, read as UTF-8
 * @since 0.1
 */
public record CommandResult(int exitCode, String stdout, String stderr) {

    /**
     * Whether the command ended with exit code 0.
     *
     * @return true if so
     */
    public boolean succeeded() {
        return exitCode == 0;
    }
}
