package io.jobmon.core.isolate;

import io.jobmon.CommandException;
import io.jobmon.CommandOutput;
import io.jobmon.core.codec.OutcomeException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Map;

/**
 * What this JVM can hand to a process: it writes arguments and variables in a charset of its own, and what that lacks would
 * become '?'.
 */
final class Carrier {

    /** Since Java 18 the platform's charset, before the default one (JEP 400). */
    private static final Charset CHARSET = Runtime.version().feature() >= 18
            ? Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
            : Charset.defaultCharset();

    private Carrier() {}

    /** Refuses texts that would not arrive as they are. */
    static void check(String job, List<String> argv, Map<String, String> environment) {
        CharsetEncoder encoder = CHARSET.newEncoder();
        for (int i = 0; i < argv.size(); i++) {
            check(job, "argument " + i, argv.get(i), encoder);
        }
        environment.forEach((name, value) -> check(job, "variable " + name, value, encoder));
    }

    private static void check(String job, String what, String text, CharsetEncoder encoder) {
        if (text.indexOf('\0') >= 0) {
            // It will hold it at the next attempt, too.
            throw new OutcomeException(
                    "The " + what + " of " + job
                            + " holds a NUL character, which no program can be given; leave it out.",
                    null);
        }
        if (!encoder.canEncode(text)) {
            throw failure("The " + what + " of " + job + " holds characters that this worker's JVM cannot hand on (its"
                    + " charset is " + CHARSET + "): start the worker with LC_ALL=C.UTF-8 in its environment"
                    + " (Java 17: or with -Dfile.encoding=UTF-8).");
        }
    }

    private static CommandException failure(String message) {
        return new CommandException(message, new CommandOutput(-1, "", ""));
    }
}
