package io.jobmon.core.codec;

import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a job's parameters have.
 *
 * @param job the job, for messages
 * @param names the names
 * @param open whether any name will do
 */
record ParameterNames(String job, List<String> names, boolean open) {

    void check(Collection<String> given) {
        Set<String> seen = new HashSet<>();
        for (String name : given) {
            if (!seen.add(name)) {
                throw new JobMonException(
                        "The parameter '" + show(name) + "' of " + job + " is given twice; give each name once.");
            }
            if (!open && !names.contains(name)) {
                throw unknown(name);
            }
        }
        List<String> missing = new ArrayList<>(names);
        missing.removeAll(seen);
        if (!missing.isEmpty()) {
            throw new JobMonException((missing.size() == 1 ? "The parameter " : "The parameters ")
                    + String.join(", ", missing) + " of " + job + (missing.size() == 1 ? " has" : " have")
                    + " no values; add an axis for each, of one value if it does not vary.");
        }
    }

    JobMonException unknown(String name) {
        String has = names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
        return new JobMonException(
                job + " has no parameter '" + show(name) + "'; " + has + Suggestion.of(name, names) + ".");
    }

    /** A name as it stands in a message, without quotes. */
    static String show(String name) {
        String shown = Refusals.show(name);
        return shown.substring(1, shown.length() - 1);
    }
}
