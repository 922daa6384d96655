package io.jobmon.ssh;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns of names with {@code *}, {@code ?} and a leading {@code !}: ssh_config(5), PATTERNS. */
final class HostPattern {

    private HostPattern() {}

    /** Whether a name matches one of the patterns, and none that is negated. */
    static boolean matches(Collection<String> patterns, String name) {
        boolean found = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(negated ? pattern.substring(1) : pattern, name)) {
                if (negated) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private static boolean matches(String pattern, String name) {
        String regex = pattern.codePoints()
                .mapToObj(point -> switch (point) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(point));
                })
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
    }
}
