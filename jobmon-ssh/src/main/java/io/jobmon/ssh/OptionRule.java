package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which names a scheduler's free options may have.
 *
 * @param command the command that takes them
 * @param pattern what a name looks like
 * @param example one that is right
 * @param taken names that JobMon gives itself, and what to do instead
 */
record OptionRule(String command, String pattern, String example, Map<String, String> taken) {

    private static final int LONGEST_VALUE = 4096;

    void check(String name, String value) {
        if (name == null || !name.matches(pattern)) {
            throw new JobMonException("'" + Texts.excerpt(name) + "' is no name of an option of " + command
                    + "; give one without dashes before it, such as " + example + ".");
        }
        @Nullable String instead = taken.get(name);
        if (instead != null) {
            throw new JobMonException(
                    "The option " + name + " of " + command + " is given by JobMon itself; " + instead + ".");
        }
        if (value == null || value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw new JobMonException("The value of the option " + name + " of " + command
                    + " is missing, too long or holds a control character; give one line, or \"\" for an option"
                    + " without a value.");
        }
    }
}
