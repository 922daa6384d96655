package io.jobmon.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import io.jobmon.ssh.KnownHostLine.Marker;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Accepts the key of a machine only if it is known, and keeps what to tell the user otherwise. */
final class HostKeyCheck implements HostKeyVerifier {

    private static final long FOR_HOSTS = 2;
    private static final String CERTIFICATE = "-cert-v01@openssh.com";

    private final Hop hop;
    private final KnownHosts known;
    private volatile @Nullable String refusal;

    HostKeyCheck(Hop hop) {
        this.hop = hop;
        this.known = KnownHosts.about(hop);
    }

    /** Why the key was refused. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** What is known is asked for first, so that a machine with several keys shows one that can be compared. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        List<String> algorithms = new ArrayList<>();
        if (!known.lines(Marker.AUTHORITY).isEmpty()) {
            Algorithms.names().filter(name -> name.endsWith(CERTIFICATE)).forEach(algorithms::add);
        }
        for (KnownHostLine line : known.lines(Marker.HOST)) {
            algorithms.addAll(Algorithms.signing(line.key().type()));
        }
        return algorithms;
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        refusal =
                key instanceof Certificate<?> certificate ? checked(certificate) : checked(PublicKeyBlob.of(key), null);
        return refusal == null;
    }

    private @Nullable String checked(Certificate<?> certificate) {
        PublicKeyBlob authority = new PublicKeyBlob(certificate.getSignatureKey());
        PublicKeyBlob own = PublicKeyBlob.of(certificate.getKey());
        boolean signed = certificate.getType() == FOR_HOSTS
                && certificate.getCritOptions().isEmpty()
                && known.lines(Marker.AUTHORITY).stream()
                        .anyMatch(line -> line.key().equals(authority));
        return signed ? revoked(own, authority).orElse(null) : checked(own, authority);
    }

    private @Nullable String checked(PublicKeyBlob shown, @Nullable PublicKeyBlob authority) {
        Optional<String> revoked = revoked(shown, authority);
        if (revoked.isPresent()) {
            return revoked.get();
        }
        List<KnownHostLine> lines = known.lines(Marker.HOST);
        if (lines.stream().anyMatch(line -> line.key().equals(shown))) {
            return null;
        }
        return known.holdsOwn() ? changed(shown, lines) : unknown(shown);
    }

    private Optional<String> revoked(PublicKeyBlob shown, @Nullable PublicKeyBlob authority) {
        return known.revoking(key -> key.equals(shown) || key.equals(authority))
                .findFirst()
                .map(line -> hop.place() + " shows a key that is revoked: " + shown + ", by " + line.where() + " ("
                        + line.key() + "). Do not use this machine before its administrator has told you why.");
    }

    private String unknown(PublicKeyBlob shown) {
        String files = hop.known().files().stream().map(Object::toString).collect(Collectors.joining(", "));
        return hop.place() + " shows a key that is not known: " + shown + ". Looked in " + files
                + ". Ask the administrator of the machine for the fingerprint; if it is this one, connect once with ssh, which"
                + " writes it down: " + hop.command();
    }

    private String changed(PublicKeyBlob shown, List<KnownHostLine> lines) {
        List<KnownHostLine> same = lines.stream()
                .filter(line -> line.key().type().equals(shown.type()))
                .toList();
        String expected = (same.isEmpty() ? lines : same)
                .stream().map(line -> line.key() + " in " + line.where()).collect(Collectors.joining(" and "));
        return hop.place() + " shows another key than it used to: " + shown + ", but known is " + expected
                + ". Somebody may be in between, or the machine was set up anew. Ask its administrator for the fingerprint"
                + " before you change that file.";
    }
}
