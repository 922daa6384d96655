package io.jobmon.ssh;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What to do when a scheduler says something.
 *
 * @param words a pattern of what it says
 * @param advice what to do
 */
record Remedy(Pattern words, String advice) {

    private static final String OTHERWISE = "Mend what it names, or ask those who run the cluster.";

    static Remedy when(String words, String advice) {
        return new Remedy(Pattern.compile(words, Pattern.CASE_INSENSITIVE), advice);
    }

    /** The advice of the first that fits. */
    static String find(List<Remedy> remedies, String said) {
        return remedies.stream()
                .filter(remedy -> remedy.words().matcher(said).find())
                .map(Remedy::advice)
                .findFirst()
                .orElse(OTHERWISE);
    }
}
