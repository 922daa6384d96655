package io.jobmon.core.local;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An address of this machine to listen at, as a user writes it. Thread safety: immutable.
 *
 * @param name as others are to call it: a name or a number
 * @param number the address
 * @param port the port, 0 for any
 */
record ListenAddress(String name, InetAddress number, int port) {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?))(?::(\\d{1,5}))?");
    private static final int LAST_PORT = 65_535;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** Where nobody but this machine can come. */
    static ListenAddress loopback() {
        try {
            return new ListenAddress("127.0.0.1", InetAddress.getByAddress(LOOPBACK), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads {@code ADDRESS} or {@code ADDRESS:PORT}; null is the loopback interface. */
    static ListenAddress parse(@Nullable String text) {
        if (text == null) {
            return loopback();
        }
        // Without brackets all of an IPv6 address is address.
        boolean bare = text.chars().filter(c -> c == ':').count() > 1 && !text.startsWith("[");
        Matcher form = FORM.matcher(bare ? "[" + text + "]" : text);
        if (!form.matches() || text.matches("\\d+")) {
            throw new JobMonException("'" + text + "' is no address to listen at; give ADDRESS or ADDRESS:PORT, such as"
                    + " 10.0.0.5, 10.0.0.5:6379 or [::1]:6379." + here());
        }
        int port = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        if (port > LAST_PORT || (form.group(3) != null && port == 0)) {
            throw new JobMonException("The port of '" + text + "' is none; give 1 to " + LAST_PORT + ".");
        }
        String name = form.group(1) == null ? form.group(2) : form.group(1);
        return new ListenAddress(name, number(text, name), port);
    }

    private static InetAddress number(String text, String name) {
        InetAddress number;
        try {
            number = InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new JobMonException("'" + text + "' names no address that is known here." + here(), e);
        }
        if (number.isAnyLocalAddress()) {
            throw new JobMonException("'" + text
                    + "' stands for all addresses of this machine, and hosts need one to call;" + " give it." + here());
        }
        if (number.isLinkLocalAddress() && number instanceof Inet6Address) {
            throw new JobMonException(
                    "'" + text + "' is a link-local address, which means nothing on other machines." + here());
        }
        try (ServerSocket socket = new ServerSocket(0, 1, number)) {
            return socket.getInetAddress();
        } catch (IOException e) {
            throw new JobMonException("'" + text + "' is no address of this machine." + here(), e);
        }
    }

    /** The addresses there are to choose from. */
    private static String here() {
        try {
            List<String> all = NetworkInterface.networkInterfaces()
                    .flatMap(ListenAddress::addresses)
                    .sorted()
                    .toList();
            return " This machine has " + String.join(", ", all) + ".";
        } catch (SocketException e) {
            return "";
        }
    }

    private static Stream<String> addresses(NetworkInterface one) {
        return one.getInterfaceAddresses().stream()
                .map(InterfaceAddress::getAddress)
                .filter(address -> !address.isLinkLocalAddress())
                .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                .collect(Collectors.toSet())
                .stream();
    }

    boolean isLoopback() {
        return number.isLoopbackAddress();
    }

    /** The address as a number, as a server's configuration has it. */
    String digits() {
        return number.getHostAddress().replaceFirst("%.*", "");
    }

    /** Host and port, as a URI has them. */
    String at(int chosen) {
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + chosen;
    }

    /** A port of this address that was free a moment ago. */
    int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, number)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new JobMonException("No free port at " + name + ": " + e.getMessage(), e);
        }
    }
}
