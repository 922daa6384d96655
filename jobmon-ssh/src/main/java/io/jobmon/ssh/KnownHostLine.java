package io.jobmon.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a {@code known_hosts} file: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
 *
 * @param marker what the key is
 * @param hosts names, patterns, or one hashed name
 * @param key the key
 * @param where the file and the number of the line
 */
record KnownHostLine(Marker marker, List<String> hosts, PublicKeyBlob key, String where) {

    private static final String HASHED = "|1|";

    /** What a key is. */
    enum Marker {
        /** It is a machine's own. */
        HOST,
        /** It signs keys of machines. */
        AUTHORITY,
        /** It must not be accepted. */
        REVOKED
    }

    /** Reads a line; a comment, and what cannot be read, is none. */
    static Optional<KnownHostLine> parse(String line, String where) {
        String[] words = line.strip().split("\\s+");
        Marker marker = switch (words[0]) {
            case "@cert-authority" -> Marker.AUTHORITY;
            case "@revoked" -> Marker.REVOKED;
            default -> Marker.HOST;
        };
        int first = marker == Marker.HOST ? 0 : 1;
        if (words[0].startsWith("#") || words.length < first + 3 || (first == 0 && words[0].startsWith("@"))) {
            return Optional.empty();
        }
        try {
            PublicKeyBlob key = new PublicKeyBlob(Base64.getDecoder().decode(words[first + 2]));
            List<String> hosts = List.of(words[first].split(","));
            return key.type().equals(words[first + 1])
                    ? Optional.of(new KnownHostLine(marker, hosts, key, where))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the line is about a machine, given as {@code host} or {@code [host]:port}, in lower case. */
    boolean isAbout(String host) {
        String only = hosts.get(0);
        if (hosts.size() == 1 && only.startsWith(HASHED)) {
            return isHashOf(only.substring(HASHED.length()), host);
        }
        return HostPattern.matches(
                hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(), host);
    }

    private static boolean isHashOf(String saltAndHash, String host) {
        String[] parts = saltAndHash.split("\\|", -1);
        if (parts.length != 2) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), "HmacSHA1"));
            byte[] hash = mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash).equals(parts[1]);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
