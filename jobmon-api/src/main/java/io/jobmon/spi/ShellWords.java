package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Argument vectors as text for a POSIX shell: POSIX.1-2017, Shell Command Language, 2.2.2 (single quotes). The only place
 * where that is done.
 */
public final class ShellWords {

    private ShellWords() {}

    /**
     * Makes one word of a text, whatever it holds.
     *
     * @param text the text
     * @return the word
     * @throws JobMonException if it holds a NUL, which no argument can
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new JobMonException("A text for a shell holds a NUL character, which no argument can; leave it out.");
        }
        return text.matches("[A-Za-z0-9_./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * Makes one command of an argument vector.
     *
     * @param argv the program and its arguments
     * @return the command
     * @throws JobMonException if one holds a NUL
     */
    public static String join(List<String> argv) {
        return argv.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }
}
