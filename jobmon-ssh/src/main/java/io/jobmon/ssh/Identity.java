package io.jobmon.ssh;

import java.io.IOException;
import java.util.List;
import net.schmizz.sshj.transport.Transport;

/** A key to log in with. */
interface Identity {

    /** What to call it in a message. */
    String name();

    /** Its public half, or the certificate that stands for it. */
    PublicKeyBlob key();

    /** Signs: the answer is a signature in the form of RFC 4253, 6.6. */
    byte[] sign(byte[] data, String algorithm, Transport transport) throws IOException;

    /**
     * What it may sign with, in the order to try. A server does not say why it refuses, and counts refusals: only those that
     * are too old for SHA-2 (OpenSSH before 7.2) are asked for SHA-1.
     */
    default List<String> algorithms(String serverVersion) {
        return switch (key().type()) {
            case "ssh-rsa" ->
                serverVersion.matches("OpenSSH_(7\\.[01]|[0-6]\\.).*") ? List.of("ssh-rsa") : List.of("rsa-sha2-512");
            case "ssh-rsa-cert-v01@openssh.com" -> List.of("rsa-sha2-512-cert-v01@openssh.com");
            default -> List.of(key().type());
        };
    }
}
