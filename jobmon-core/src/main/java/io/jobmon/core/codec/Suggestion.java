package io.jobmon.core.codec;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that was probably meant. Thread safety: has no state. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * Looks for a name that is near.
     *
     * @param wrong the name that is unknown
     * @param candidates the names that there are
     * @return {@code " (did you mean 'seed'?)"}, or nothing if none is near
     */
    public static String of(String wrong, Collection<String> candidates) {
        String best = "";
        int least = Math.max(1, Math.min(wrong.length(), 60) / 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least && distance < candidate.length()) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : " (did you mean '" + best + "'?)";
    }

    private static int distance(String a, String b) {
        if (Math.max(a.length(), b.length()) > 200) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
