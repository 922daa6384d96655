package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import java.util.List;
import java.util.Locale;

/** What a picture has to say below its title. */
final class Notes {

    private Notes() {}

    static void notFinite(long count, String what, List<String> notes) {
        if (count > 0) {
            notes.add(String.format(Locale.ROOT, "%,d %s not finite, left out", count, what + (count == 1 ? "" : "s")));
        }
    }

    static JobMonException nothingFinite(String field) {
        return new JobMonException(
                "No value of '" + field + "' is a finite number; there is nothing to draw. Take another field.");
    }
}
