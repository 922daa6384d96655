package io.jobmon.core.post;

import io.jobmon.JobMonException;
import java.util.List;
import java.util.TreeSet;

/** Tags: what a machine offers and a sweep requires. */
public final class Tags {

    private static final int MOST = 128;

    private Tags() {}

    /**
     * Checks tags.
     *
     * @param tags the tags
     * @return them, sorted, each once
     * @throws JobMonException if one is blank or too long, or holds a comma or half a character
     */
    public static List<String> check(String... tags) {
        if (tags == null) {
            throw new JobMonException("The tags are null; give words, or leave them out.");
        }
        TreeSet<String> checked = new TreeSet<>();
        for (String tag : tags) {
            String trimmed = tag == null ? "" : tag.trim();
            if (trimmed.isBlank() || trimmed.indexOf(',') >= 0 || trimmed.codePointCount(0, trimmed.length()) > MOST) {
                throw new JobMonException(
                        "'" + tag + "' is no tag; give a word without comma, at most " + MOST + " characters.");
            }
            if (trimmed.codePoints().anyMatch(Tags::half)) {
                throw new JobMonException("A tag holds half a character (an unpaired surrogate); give whole ones.");
            }
            checked.add(trimmed);
        }
        return List.copyOf(checked);
    }

    private static boolean half(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
