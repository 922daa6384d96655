package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to a machine: through others, and those that lead nowhere. */
class RouteTest {

    private static final KeyPair MINE = Keys.ec();
    private static final KeyPair FOR_GATE = Keys.ec();

    @TempDir
    Path folder;

    private Node gate;
    private Node inner;
    private Workplace me;

    @BeforeEach
    void start() throws IOException {
        gate = Node.letting(FOR_GATE);
        inner = Node.letting(MINE);
        me = new Workplace(folder).knows(gate.known() + inner.known());
        Keys.write(MINE, me.ssh("id_ecdsa"));
        Keys.write(FOR_GATE, me.ssh("gate"));
        me.write("config", """
                Host gate
                    HostName 127.0.0.1
                    Port %d
                    User me
                    IdentityFile ~/.ssh/gate
                Host inner
                    HostName 127.0.0.1
                    Port %d
                    User me
                    ProxyJump gate
                Host twice
                    HostName 127.0.0.1
                    Port %d
                    User me
                    ProxyJump gate,me@127.0.0.1:%d
                Host nowhere
                    ProxyJump gate
                    HostName 127.0.0.1
                    Port 1
                """.formatted(gate.port(), inner.port(), inner.port(), inner.port()));
    }

    @AfterEach
    void stop() throws IOException {
        inner.close();
        gate.close();
    }

    private String echo(String target) {
        try (SshChannel channel = me.channel(target)) {
            return channel.run(List.of("echo", "here"), new byte[0], Duration.ofSeconds(60))
                    .stdout();
        }
    }

    @Test
    void should_run_there_when_another_machine_is_in_between() {
        assertThat(echo("inner")).isEqualTo("here\n");
        assertThat(gate.commands).isEmpty();
        assertThat(inner.commands).containsExactly("echo here");
        assertThat(gate.connections).hasValue(1);
    }

    @Test
    void should_run_there_when_two_machines_are_in_between() {
        assertThat(echo("twice")).isEqualTo("here\n");
        assertThat(inner.connections).hasValue(2);
    }

    @Test
    void should_carry_files_and_come_back_when_the_machine_in_between_is_lost() throws IOException {
        byte[] content = new byte[3_000_000];
        Path from = Files.write(folder.resolve("from"), content);
        try (SshChannel channel = me.channel("inner")) {
            channel.put(from, folder.resolve("there").toString());
            gate.cut();
            channel.get(folder.resolve("there").toString(), folder.resolve("back"));
        }
        assertThat(folder.resolve("back")).hasSameBinaryContentAs(from);
        assertThat(gate.connections).hasValue(2);
    }

    @Test
    void should_check_the_key_of_each_machine_when_there_are_several() {
        me.knows(inner.known());
        assertThatThrownBy(() -> echo("inner")).hasMessageContaining("gate (127.0.0.1 port " + gate.port() + ")");

        me.knows(gate.known());
        assertThatThrownBy(() -> echo("inner")).hasMessageContaining("inner (127.0.0.1 port " + inner.port() + ")");
    }

    @Test
    void should_say_which_machine_is_in_between_when_it_cannot_go_on() {
        assertThatThrownBy(() -> echo("nowhere"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("nowhere (127.0.0.1 port 1) cannot be reached through 127.0.0.1");
    }

    @Test
    void should_say_so_when_nothing_listens() {
        assertThatThrownBy(() -> echo("me@127.0.0.1:1"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("127.0.0.1 port 1 cannot be reached: nothing listens on this port")
                .hasMessageContaining("ssh -p 1 me@127.0.0.1");
    }

    @Test
    void should_say_so_when_there_is_no_such_machine() {
        // Too long for a name, so that no server need be asked.
        assertThatThrownBy(() -> echo("me@" + "x".repeat(64) + ".invalid"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("there is no machine of this name");
    }

    @Test
    void should_give_up_when_a_machine_says_nothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            me.write("config", "Host silent\n HostName 127.0.0.1\n ConnectTimeout 1\n Port " + silent.getLocalPort());

            assertThatThrownBy(() -> echo("silent"))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("it does not answer");
        }
    }

    @Test
    void should_give_up_when_a_machine_behind_another_says_nothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            me.write(
                    "config",
                    Files.readString(me.ssh("config"))
                            + "Host silent\n HostName 127.0.0.1\n ConnectTimeout 1\n ProxyJump gate\n Port "
                            + silent.getLocalPort());

            assertThatThrownBy(() -> echo("silent"))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("it does not answer");
        }
    }
}
