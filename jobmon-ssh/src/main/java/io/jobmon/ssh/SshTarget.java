package io.jobmon.ssh;

import io.jobmon.JobMonException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user wrote to name a machine: {@code [user@]host[:port]}, where the host may be an alias. Nothing of it may ever be
 * taken for an option or get a meaning in a shell.
 *
 * @param user who logs in
 * @param host the name or address, without brackets
 * @param port the port
 */
record SshTarget(Optional<String> user, String host, Optional<Integer> port) {

    private static final Pattern FORM =
            Pattern.compile("(?:(?<user>.*)@)?(?:\\[(?<six>[^\\[\\]]*)]|(?<host>[^:@]*))(?::(?<port>.*))?");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}_.][\\p{L}\\p{N}_.%+-]*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]+(?:%[A-Za-z0-9_.-]+)?");
    private static final Pattern USER = Pattern.compile(
            "[^-\\s\\p{Cntrl}'\"`$\\\\;&<>|(){}:,/*?!#\\[\\]][^\\s\\p{Cntrl}'\"`$\\\\;&<>|(){}:,/*?!#\\[\\]]*");
    static final int DEFAULT_PORT = 22;
    private static final int LAST_PORT = 65_535;

    /** Reads {@code text}; {@code where} says where it was found. */
    static SshTarget parse(String text, String where) {
        Matcher parts = FORM.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            throw refused(text, where, "give user@host:port, an IPv6 address in brackets: [::1]:22");
        }
        Optional<String> user = Optional.ofNullable(parts.group("user"));
        user.ifPresent(name -> checkUser(name, text, where));
        String address = parts.group("six");
        String host = address == null ? parts.group("host") : address;
        if (!(address == null ? HOST : ADDRESS).matcher(host).matches()) {
            throw refused(text, where, "'" + plain(host) + "' is no name or address of a machine");
        }
        return new SshTarget(
                user, host, Optional.ofNullable(parts.group("port")).map(port -> port(port, where)));
    }

    /** Checks a name or address that comes without user and port. */
    static String host(String text, String where) {
        if (!HOST.matcher(text).matches() && !ADDRESS.matcher(text).matches()) {
            throw refused(text, where, "it is no name or address of a machine");
        }
        return text;
    }

    /** Checks the name of a user. */
    static String user(String text, String where) {
        checkUser(text, text, where);
        return text;
    }

    private static void checkUser(String name, String text, String where) {
        if (!USER.matcher(name).matches()) {
            throw refused(text, where, "'" + plain(name) + "' is no name of a user");
        }
    }

    /** Reads a port. */
    static int port(String text, String where) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw refused(text, where, "a port is a number from 1 to " + LAST_PORT);
        }
        return port;
    }

    private static JobMonException refused(String text, String where, String why) {
        return new JobMonException(where + " is '" + plain(text) + "', which is refused: " + why + ".");
    }

    /** What may be shown of a text that is not trusted. */
    private static String plain(String text) {
        return String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
    }
}
