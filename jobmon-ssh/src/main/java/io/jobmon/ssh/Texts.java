package io.jobmon.ssh;

import org.jspecify.annotations.Nullable;

/** What others have said, as it goes into a message: one line, not too long. */
final class Texts {

    private static final int LONGEST = 400;

    private Texts() {}

    /** The beginning of a text, its lines joined; "nothing" of an empty one. */
    static String excerpt(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "nothing";
        }
        String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ").replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
