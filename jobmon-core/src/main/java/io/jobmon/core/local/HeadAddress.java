package io.jobmon.core.local;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a head's Redis is. Thread safety: immutable.
 *
 * @param password 48 hex digits
 * @param host a name or an address, IPv6 without brackets
 * @param port the port
 */
record HeadAddress(String password, String host, int port) {

    private static final Pattern URI =
            Pattern.compile("redis://:([0-9a-f]{48})@(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9.-]+)):(\\d{1,5})");

    static Optional<HeadAddress> parse(String uri) {
        Matcher parts = URI.matcher(uri.strip());
        return parts.matches()
                ? Optional.of(new HeadAddress(
                        parts.group(1),
                        parts.group(2) == null ? parts.group(3) : parts.group(2),
                        Integer.parseInt(parts.group(4))))
                : Optional.empty();
    }

    String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    String uri() {
        return "redis://:" + password + "@" + hostAndPort();
    }

    boolean isLoopback() {
        return host.startsWith("127.") || host.equals("localhost") || host.matches("[0:]+:0*1");
    }

    /** What a user has to know. */
    List<String> notices() {
        return isLoopback()
                ? List.of()
                : List.of("What passes between this Redis and its clients at " + hostAndPort()
                        + " is not encrypted, nor is the password: use it in a network whose machines you trust.");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return hostAndPort();
    }
}
