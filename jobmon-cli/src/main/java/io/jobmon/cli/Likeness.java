package io.jobmon.cli;

import java.util.Collection;

/** The name that a mistyped one may have been. */
final class Likeness {

    private Likeness() {}

    /** The nearest name at most two letters away, or an empty text. */
    static String of(String typed, Collection<String> names) {
        String best = "";
        int least = 3;
        for (String name : names) {
            int distance = name.startsWith(typed) && typed.length() > 1 ? 1 : distance(typed, name);
            if (distance < least && distance < name.length()) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
