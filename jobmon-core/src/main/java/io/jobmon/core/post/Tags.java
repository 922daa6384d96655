package io.jobmon.core.post;

import io.jobmon.JobMonException;
import java.util.List;
import java.util.TreeSet;

/** Tags: what a machine offers and a sweep requires. */
public final class Tags {

    private Tags() {}

    /**
     * Checks tags.
     *
     * @param tags the tags
     * @return them, sorted, each once
     * @throws JobMonException if one is blank or holds a comma
     */
    public static List<String> check(String... tags) {
        if (tags == null) {
            throw new JobMonException("The tags are null; give words, or leave them out.");
        }
        TreeSet<String> checked = new TreeSet<>();
        for (String tag : tags) {
            if (tag == null || tag.isBlank() || tag.indexOf(',') >= 0 || tag.length() > 128) {
                throw new JobMonException(
                        "'" + tag + "' is no tag; give a word without comma, at most 128 characters.");
            }
            checked.add(tag.trim());
        }
        return List.copyOf(checked);
    }
}
