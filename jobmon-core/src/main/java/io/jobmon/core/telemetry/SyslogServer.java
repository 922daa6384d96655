package io.jobmon.core.telemetry;

import io.jobmon.JobMonException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server.
 *
 * @param kind how to reach it
 * @param host where
 * @param port where
 * @param tls for TLS, null otherwise
 */
public record SyslogServer(
        Kind kind, String host, int port, @Nullable SSLContext tls) {

    private static final int PORT = 514;
    private static final int TLS_PORT = 6514;
    private static final int LAST_PORT = 65_535;

    /** How a message travels. */
    public enum Kind {
        /** A datagram each: RFC 5426. */
        UDP,
        /** One after the other, each with its length: RFC 6587. */
        TCP,
        /** The same, encrypted: RFC 5425. */
        TLS
    }

    /**
     * Reads an address.
     *
     * @param text {@code udp://}, {@code tcp://} or {@code tls://host[:port]}, the last also with {@code ?ca=FILE}
     * @return the server
     * @throws JobMonException if it is none
     */
    public static SyslogServer parse(String text) {
        URI uri;
        try {
            uri = new URI(String.valueOf(text).trim());
        } catch (URISyntaxException e) {
            throw refused(text, "it is no URI", e);
        }
        Kind kind = kind(uri);
        if (kind == null) {
            throw refused(text, "it does not begin with udp://, tcp:// or tls://", null);
        }
        if (uri.getHost() == null
                || uri.getUserInfo() != null
                || !uri.getPath().isEmpty()
                || uri.getFragment() != null) {
            throw refused(text, "it is not a host and a port", null);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : kind == Kind.TLS ? TLS_PORT : PORT;
        if (port < 1 || port > LAST_PORT) {
            throw refused(text, "its port is not from 1 to " + LAST_PORT, null);
        }
        String host = uri.getHost().startsWith("[")
                ? uri.getHost().substring(1, uri.getHost().length() - 1)
                : uri.getHost();
        return new SyslogServer(
                kind, host, port, kind == Kind.TLS ? SyslogTls.context(authority(text, uri)) : refuseQuery(text, uri));
    }

    private static @Nullable Kind kind(URI uri) {
        return uri.getScheme() == null
                ? null
                : switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                    case "udp" -> Kind.UDP;
                    case "tcp" -> Kind.TCP;
                    case "tls" -> Kind.TLS;
                    default -> null;
                };
    }

    private static @Nullable SSLContext refuseQuery(String text, URI uri) {
        if (uri.getRawQuery() != null) {
            throw refused(text, "only tls:// has something after a question mark", null);
        }
        return null;
    }

    private static Optional<Path> authority(String text, URI uri) {
        String query = uri.getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        if (!query.startsWith("ca=") || query.length() == 3 || query.indexOf('&') >= 0) {
            throw refused(text, "after the question mark there may be ca=FILE alone", null);
        }
        try {
            return Optional.of(Path.of(URLDecoder.decode(query.substring(3), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw refused(text, "what follows ca= is no path", e);
        }
    }

    private static JobMonException refused(@Nullable String text, String why, @Nullable Exception cause) {
        return new JobMonException(
                "The syslog server '" + (text == null ? "" : text.replaceAll("//[^/?#]*@", "//...@"))
                        + "' cannot be used: " + why
                        + "; give one such as udp://loghost:514, tcp://loghost:514 or"
                        + " tls://loghost:6514?ca=/etc/ssl/certs/loghost.pem.",
                cause);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "://" + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':'
                + port;
    }
}
