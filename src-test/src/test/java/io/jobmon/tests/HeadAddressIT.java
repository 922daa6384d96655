package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.spi.Head;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a head listens, and what it says of it. */
class HeadAddressIT extends HeadCase {

    @Test
    void should_answer_at_the_port_that_was_asked_for_when_one_is_given() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> heads.spawn(state, "127.0.0.1:" + port))
                    .isInstanceOf(JobMonException.class)
                    .hasMessage(
                            "Port " + port
                                    + " at 127.0.0.1 is in use by another program; give another, or none for one that is free.");
        }
        Head head = heads.spawn(state, "127.0.0.1:" + port);
        assertThat(head.address()).isEqualTo("127.0.0.1:" + port);
        heads.kill(state, GRACE);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            Head other = heads.spawn(state, null);
            assertThat(other.address()).isNotEqualTo(head.address()).isNotEqualTo("127.0.0.1:" + taken.getLocalPort());
            assertThat(kept(other)).isZero();
        }
    }

    @Test
    void should_be_reached_by_ipv6_when_it_listens_there() throws Exception {
        if (NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) == null) {
            assertThatThrownBy(() -> heads.spawn(state, "[::1]")).hasMessageContaining("no address of this machine");
            return;
        }
        Head head = spawned("[::1]");
        assertThat(head.address()).matches("\\[::1]:\\d+");
        assertThat(head.notices()).isEmpty();
        store(head, 10);
    }

    @Test
    void should_say_that_nothing_is_encrypted_when_others_can_come() throws Exception {
        Optional<String> outer = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                .findFirst();
        if (outer.isEmpty()) {
            assertThatThrownBy(() -> heads.spawn(state, "192.0.2.1"))
                    .hasMessageContaining("no address of this machine");
            return;
        }
        Head head = spawned(outer.get());
        assertThat(head.notices())
                .singleElement()
                .asString()
                .contains("is not encrypted")
                .contains(head.address());
        assertThat(heads.find(state)).contains(head);
        store(head, 10);
    }

    @Test
    void should_give_a_new_password_when_others_have_seen_the_old_one() throws Exception {
        Head head = spawned();
        heads.kill(state, GRACE);
        Files.setPosixFilePermissions(head.uriFile(), PosixFilePermissions.fromString("rw-r--r--"));

        Head next = spawned();
        assertThat(next.uri()).isNotEqualTo(head.uri());
        assertThat(Files.getPosixFilePermissions(next.uriFile()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void should_refuse_a_folder_that_is_none_when_spawned() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> heads.spawn(file, null))
                .hasMessage("The folder " + file + " is a file; give a folder.");
        assertThatThrownBy(() -> heads.find(file)).hasMessageContaining("is a file");
        assertThatThrownBy(() -> heads.spawn(Path.of("/proc"), null))
                .hasMessageContaining("Cannot use the folder /proc");
        assertThat(heads.find(folder.resolve("nowhere"))).isEmpty();
        assertThatThrownBy(() -> heads.spawn(state, "192.0.2.1")).hasMessageContaining("no address of this machine");
        assertThat(state).doesNotExist();
    }
}
