package io.jobmon.core.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who can come to a Redis server, as far as its address tells. Thread safety: stateless. */
final class Reach {

    private static final Pattern LOOPBACK =
            Pattern.compile("[a-z-]+://(?:[^/@]*@)?(localhost|127(?:\\.\\d+){3}|\\[[0:]+:0*1])(:\\d+)?(?:[/?].*)?");

    private Reach() {}

    /** Of an address that only one machine can come to: a line that says so, and what to do. */
    static Optional<String> loopback(String uri) {
        Matcher parts = LOOPBACK.matcher(uri.strip());
        return parts.matches()
                ? Optional.of("only its own machine can reach Redis at " + parts.group(1)
                        + ": start it with jm spawn --listen ADDRESS, an address of that machine that hosts can reach")
                : Optional.empty();
    }
}
