package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.CommandResult;
import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same, against OpenSSH: {@code src-test/hosts/sshd start DIR} first, then {@code -Dit.test=SshdIT -Djobmon.sshd=DIR}. Not
 * part of a plain build, which has no such servers.
 */
class SshdIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path nodes;
    private Workplace me;

    @BeforeEach
    void find() {
        nodes = Path.of(System.getProperty("jobmon.sshd"));
        me = new Workplace(folder.resolve("me"));
    }

    @AfterEach
    void takeBannersAway() throws IOException {
        Files.deleteIfExists(nodes.resolve("node1/home/.bashrc"));
    }

    private SshChannel node1() {
        return me.channel("node1", SshOptions.DEFAULT.config(nodes.resolve("config")));
    }

    private static CommandResult sh(SshChannel channel, String script, String... arguments) {
        List<String> argv = new java.util.ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return channel.run(argv, new byte[0], LONG);
    }

    private String port(String node) throws IOException {
        return Files.readAllLines(nodes.resolve(node).resolve("sshd_config")).stream()
                .filter(line -> line.startsWith("Port "))
                .findFirst()
                .orElseThrow()
                .substring(5);
    }

    private String address(String node) throws IOException {
        return Files.readAllLines(nodes.resolve(node).resolve("sshd_config")).stream()
                .filter(line -> line.startsWith("ListenAddress "))
                .findFirst()
                .orElseThrow()
                .substring(14);
    }

    private void banner() throws IOException {
        Files.writeString(nodes.resolve("node1/home/.bashrc"), "echo Welcome to node1\n");
    }

    private Path random(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve("from" + bytes), content);
    }

    private void copyThereAndBack(SshChannel channel) throws IOException {
        for (int bytes : new int[] {0, 20_000_000}) {
            Path from = random(bytes);
            String there = nodes.resolve("node1/home/ä 'file'; $x").toString();
            channel.put(from, there);
            channel.get(there, folder.resolve("back"));

            assertThat(folder.resolve("back")).hasSameBinaryContentAs(from);
        }
    }

    @Test
    void should_tell_how_a_command_ended_when_it_ends_in_any_way() {
        try (SshChannel channel = node1()) {
            assertThat(sh(channel, "echo out; echo err >&2; exit 3")).isEqualTo(new CommandResult(3, "out\n", "err\n"));
            assertThat(sh(channel, "kill -9 $$").exitCode()).isEqualTo(137);
            assertThat(sh(channel, "kill -TERM $$").exitCode()).isEqualTo(143);
            assertThat(channel.run(List.of("no-such-program"), new byte[0], LONG)
                            .exitCode())
                    .isEqualTo(127);
            assertThat(sh(channel, "printf '<%s>' \"$@\"", "a'b", "", "c\nd", "-x", "ä$(id)")
                            .stdout())
                    .isEqualTo("<a'b><><c\nd><-x><ä$(id)>");
        }
    }

    @Test
    void should_feed_and_read_much_when_a_command_passes_it_on() throws IOException {
        byte[] much = new byte[6_000_000];
        java.util.Arrays.fill(much, (byte) 'x');
        try (SshChannel channel = node1()) {
            CommandResult result = channel.run(List.of("sh", "-c", "tee /dev/stderr"), much, LONG);

            assertThat(result.stdout()).hasSize(much.length);
            assertThat(result.stderr()).hasSize(much.length);
            assertThatThrownBy(() -> sh(channel, "yes")).hasMessageContaining("more than 8 MiB");
            assertThat(sh(channel, "echo still here").stdout()).isEqualTo("still here\n");
        }
    }

    @Test
    void should_go_on_when_a_command_takes_too_long() throws IOException {
        Path pid = folder.resolve("pid");
        try (SshChannel channel = node1()) {
            assertThatThrownBy(() -> channel.run(
                            List.of("sh", "-c", "echo $$ > \"$1\"; exec sleep 600", "sh", pid.toString()),
                            new byte[0],
                            Duration.ofSeconds(5)))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("sh has not ended within 5 s on node1");

            long process = Long.parseLong(Files.readString(pid).strip());
            assertThat(sh(channel, "echo still here").stdout()).isEqualTo("still here\n");
            // OpenSSH passes signals on, but not for root.
            ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void should_leave_running_what_was_put_into_the_background_when_closed() throws IOException {
        long process;
        try (SshChannel channel = node1()) {
            process = Long.parseLong(sh(channel, "setsid sleep 600 </dev/null >/dev/null 2>&1 & echo $!")
                    .stdout()
                    .strip());
        }
        ProcessHandle handle = ProcessHandle.of(process).orElseThrow();

        assertThat(handle.isAlive()).isTrue();
        handle.destroyForcibly();
    }

    @Test
    void should_copy_by_sftp_when_the_machine_has_it() throws IOException {
        try (SshChannel channel = node1()) {
            copyThereAndBack(channel);
        }
    }

    @Test
    void should_copy_by_commands_when_a_banner_breaks_sftp() throws IOException {
        banner();
        try (SshChannel channel = node1()) {
            assertThat(sh(channel, "echo out").stdout()).isEqualTo("Welcome to node1\nout\n");
            copyThereAndBack(channel);
        }
    }

    @Test
    void should_connect_anew_when_the_server_has_dropped_the_connection() throws IOException {
        try (SshChannel channel = node1()) {
            String session = sh(channel, "echo $PPID").stdout().strip();
            assertThatThrownBy(() -> sh(channel, "kill -9 $(ps -o ppid= -p $$)"))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("was lost while sh ran");

            assertThat(sh(channel, "echo $PPID").stdout().strip()).isNotEmpty().isNotEqualTo(session);
            copyThereAndBack(channel);
        }
    }

    @Test
    void should_log_in_by_a_real_agent_when_it_holds_the_key() throws Exception {
        Path socket = folder.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(LONG).until(() -> Files.exists(socket));
            ProcessBuilder adding =
                    new ProcessBuilder("ssh-add", "-q", nodes.resolve("key").toString());
            adding.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertThat(adding.inheritIO().start().waitFor()).isZero();
            me.agent(socket).knows(Files.readString(nodes.resolve("known_hosts")));

            try (SshChannel channel = me.channel("root@" + address("node1") + ":" + port("node1"))) {
                assertThat(sh(channel, "echo in").stdout()).isEqualTo("in\n");
            }
        } finally {
            agent.destroy();
        }
    }

    @Test
    void should_go_through_another_node_when_told_so() throws IOException {
        me.write(
                "config",
                "Host far\n HostName " + address("node2") + "\n Port " + port("node2")
                        + "\n ProxyJump node1\n IdentityFile " + nodes.resolve("key") + "\n User root\n"
                        + "Host *\n UserKnownHostsFile " + nodes.resolve("known_hosts") + "\nInclude "
                        + nodes.resolve("config") + "\n");
        try (SshChannel channel = me.channel("far")) {
            assertThat(sh(channel, "echo $HOME").stdout().strip())
                    .isEqualTo(nodes.resolve("node2/home").toString());
            copyThereAndBack(channel);
        }
    }

    @Test
    void should_believe_a_machine_when_its_key_is_known_in_any_way() throws IOException {
        String known = Files.readString(nodes.resolve("known_hosts"));
        String authority = Files.readString(nodes.resolve("authority.pub"));
        String hosts = "[" + address("node1") + "]:" + port("node1");
        for (String lines : List.of(
                known.lines().filter(line -> line.contains("ssh-rsa")).toList().stream()
                        .reduce("", (a, b) -> a + b + "\n"),
                "@cert-authority " + hosts + " " + authority,
                "@cert-authority * " + authority)) {
            me.write("known", lines);
            SshOptions options =
                    SshOptions.DEFAULT.config(nodes.resolve("config")).knownHosts(me.ssh("known"));
            try (SshChannel channel = me.channel("node1", options)) {
                assertThat(sh(channel, "echo in").stdout()).isEqualTo("in\n");
            }
        }
    }

    @Test
    void should_refuse_a_machine_when_its_key_is_not_to_be_believed() throws IOException {
        String authority = Files.readString(nodes.resolve("authority.pub"));
        String other = Files.readString(nodes.resolve("node2/host_ed25519.pub"));
        String hosts = "[" + address("node1") + "]:" + port("node1");
        for (String lines : List.of(
                "",
                "@cert-authority other " + authority,
                "@cert-authority " + hosts + " " + other,
                "@cert-authority * " + authority + "@revoked * " + authority,
                "@cert-authority * " + authority + "@revoked * "
                        + Files.readString(nodes.resolve("node1/host_ed25519.pub")),
                hosts + " " + other)) {
            me.write("known", lines);
            SshOptions options =
                    SshOptions.DEFAULT.config(nodes.resolve("config")).knownHosts(me.ssh("known"));
            try (SshChannel channel = me.channel("node1", options)) {
                assertThatThrownBy(() -> sh(channel, "echo in"))
                        .as(lines)
                        .isInstanceOf(JobMonException.class)
                        .hasMessageContaining("shows a");
            }
        }
    }
}
