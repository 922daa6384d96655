package io.jobmon.ssh;

import io.jobmon.JobMonException;
import io.jobmon.ssh.KnownHostLine.Marker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of {@code known_hosts} files that are about one machine. */
final class KnownHosts {

    private static final Logger LOG = LoggerFactory.getLogger(KnownHosts.class);

    private final List<KnownHostLine> lines;
    private final List<KnownHostLine> withoutPort;

    private KnownHosts(List<KnownHostLine> lines, List<KnownHostLine> withoutPort) {
        this.lines = lines;
        this.withoutPort = withoutPort;
    }

    /** Reads the files that are there. */
    static KnownHosts about(Hop hop) {
        List<KnownHostLine> all = new ArrayList<>();
        for (Path file : hop.known().files()) {
            read(file, all);
        }
        String plain = hop.known().alias().orElse(hop.host()).toLowerCase(Locale.ROOT);
        boolean own = hop.known().alias().isPresent() || hop.port() == SshTarget.DEFAULT_PORT;
        return own
                ? new KnownHosts(about(plain, all), List.of())
                : new KnownHosts(about("[" + plain + "]:" + hop.port(), all), about(plain, all));
    }

    private static List<KnownHostLine> about(String host, List<KnownHostLine> all) {
        return all.stream().filter(line -> line.isAbout(host)).toList();
    }

    private static void read(Path file, List<KnownHostLine> into) {
        if (!Files.exists(file)) {
            return;
        }
        List<String> text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new JobMonException(
                    file + ", which holds the keys of machines, cannot be read: " + Reasons.of(e) + ".", e);
        }
        for (int number = 1; number <= text.size(); number++) {
            String where = file + ":" + number;
            String line = text.get(number - 1);
            KnownHostLine.parse(line, where).ifPresentOrElse(into::add, () -> unread(line, where));
        }
    }

    private static void unread(String line, String where) {
        if (!line.isBlank() && !line.strip().startsWith("#")) {
            LOG.debug("{}: this line is left out, it is not of the form 'host type key'", where);
        }
    }

    /**
     * The lines of one kind. As ssh does, lines about a machine's usual port stand for all its ports when there is none about
     * the port.
     */
    List<KnownHostLine> lines(Marker marker) {
        List<KnownHostLine> own = of(marker, lines);
        return own.isEmpty() ? of(marker, withoutPort) : own;
    }

    /** Whether a machine's own key is known for the very port. */
    boolean holdsOwn() {
        return !of(Marker.HOST, lines).isEmpty();
    }

    /** Lines that revoke a key, for any port. */
    Stream<KnownHostLine> revoking(Predicate<PublicKeyBlob> key) {
        return Stream.concat(lines.stream(), withoutPort.stream())
                .filter(line -> line.marker() == Marker.REVOKED && key.test(line.key()));
    }

    private static List<KnownHostLine> of(Marker marker, List<KnownHostLine> lines) {
        return lines.stream().filter(line -> line.marker() == marker).toList();
    }
}
