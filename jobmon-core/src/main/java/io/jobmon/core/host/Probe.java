package io.jobmon.core.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks on a host whether Redis answers there, without the library that takes a second to load: its main reads the URI from
 * standard input and prints one line.
 */
final class Probe {

    private static final int MILLIS = 5000;
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    private Probe() {}

    /**
     * Asks.
     *
     * @param args none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        String uri = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        System.out.println(uri == null ? "failed no address was given" : look(uri));
    }

    /** "redis CLOCK_DIFFERENCE_MILLIS", "sentinel", or "failed WHY". Never the password. */
    static String look(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            return "failed the address of Redis cannot be read";
        }
        boolean sentinel = String.valueOf(uri.getScheme()).contains("sentinel");
        String authority = String.valueOf(uri.getRawAuthority());
        String first = authority.substring(authority.lastIndexOf('@') + 1).split(",")[0];
        int colon = first.lastIndexOf(':');
        boolean hasPort = colon > first.lastIndexOf(']');
        String host = (hasPort ? first.substring(0, colon) : first).replaceAll("[\\[\\]]", "");
        int port = hasPort ? Integer.parseInt(first.substring(colon + 1)) : sentinel ? SENTINEL_PORT : PORT;
        try (Socket socket = open(uri, host, port)) {
            return sentinel ? "sentinel" : ask(socket, authority, host, port);
        } catch (IOException | RuntimeException e) {
            return "failed Redis at " + host + ":" + port + " is out of reach from there: " + words(e);
        }
    }

    private static String words(Exception e) {
        return (e.getClass().getSimpleName() + " " + e.getMessage()).replaceAll("\\s+", " ");
    }

    private static Socket open(URI uri, String host, int port) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(host, port), MILLIS);
        plain.setSoTimeout(MILLIS);
        return String.valueOf(uri.getScheme()).startsWith("rediss")
                ? ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true)
                : plain;
    }

    private static String ask(Socket socket, String authority, String host, int port) throws IOException {
        InputStream in = socket.getInputStream();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] parts = authority.substring(0, at).split(":", 2);
            List<String> auth = new ArrayList<>(List.of("AUTH"));
            for (String part : parts) {
                if (!part.isEmpty()) {
                    auth.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
                }
            }
            send(socket, auth);
            if (!line(in).startsWith("+")) {
                return "failed Redis at " + host + ":" + port + " refuses the password";
            }
        }
        send(socket, List.of("TIME"));
        String count = line(in);
        if (!count.equals("*2")) {
            return "failed Redis at " + host + ":" + port + " answers: " + count;
        }
        line(in);
        long seconds = Long.parseLong(line(in));
        line(in);
        long micros = Long.parseLong(line(in));
        return "redis " + (System.currentTimeMillis() - seconds * 1000 - micros / 1000);
    }

    private static void send(Socket socket, List<String> command) throws IOException {
        StringBuilder text = new StringBuilder("*" + command.size() + "\r\n");
        for (String part : command) {
            text.append('$')
                    .append(part.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("it closes the connection");
            }
            if (c != '\r' && text.length() < 1000) {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
