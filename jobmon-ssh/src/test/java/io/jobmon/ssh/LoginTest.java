package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.core.CoreModuleProperties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys log in, and what is said if none does. */
class LoginTest {

    private static final KeyPair MINE = Keys.ec();
    private static final KeyPair MINE_RSA = Keys.rsa();
    private static final KeyPair MINE_ED25519 = Keys.ed25519();
    private static final KeyPair STRANGE = Keys.ec();

    @TempDir
    Path folder;

    private Node node;
    private Workplace me;

    @BeforeEach
    void start() throws IOException {
        node = new Node(Keys.ec())
                .authorize(MINE)
                .authorize(MINE_RSA)
                .authorize(MINE_ED25519)
                .start();
        me = new Workplace(folder).knows(node.known());
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    private void connect(SshOptions options) {
        try (SshChannel channel = me.channel(node.target(), options)) {
            assertThat(channel.run(List.of("true"), new byte[0], Duration.ofSeconds(60))
                            .exitCode())
                    .isZero();
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(SshOptions options) {
        return assertThatThrownBy(() -> connect(options))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("127.0.0.1 port " + node.port() + " does not let me in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_ed25519", "id_ecdsa", "id_rsa"})
    void should_log_in_by_a_usual_key_when_none_is_named(String name) {
        Keys.write(
                switch (name) {
                    case "id_ed25519" -> MINE_ED25519;
                    case "id_ecdsa" -> MINE;
                    default -> MINE_RSA;
                },
                me.ssh(name));

        connect(SshOptions.DEFAULT);
    }

    @Test
    void should_try_the_next_key_when_one_is_not_taken() {
        Keys.write(STRANGE, me.ssh("id_ecdsa"));
        Keys.write(MINE_RSA, me.ssh("id_rsa"));

        connect(SshOptions.DEFAULT);
    }

    @Test
    void should_use_the_named_key_and_no_other() {
        Keys.write(MINE, me.ssh("id_ecdsa"));
        Path named = Keys.write(STRANGE, folder.resolve("named"));
        Path good = Keys.write(MINE_RSA, folder.resolve("good"));

        connect(SshOptions.DEFAULT.identity(good));
        refused(SshOptions.DEFAULT.identity(named))
                .hasMessageContaining("Tried: " + named + ".")
                .hasMessageContaining("SshHost.identity")
                .hasMessageContaining("authorized_keys")
                .hasMessageContaining("not log in by password")
                .message()
                .doesNotContain("id_ecdsa");
    }

    @Test
    void should_use_the_keys_of_the_configuration_when_it_names_some() {
        Keys.write(STRANGE, me.ssh("id_ecdsa"));
        Keys.write(MINE, me.ssh("cluster"));
        me.write("config", "Host 127.0.0.1\n IdentityFile ~/.ssh/nothing\n IdentityFile ~/.ssh/cluster\n");

        connect(SshOptions.DEFAULT);

        me.write("config", "Host 127.0.0.1\n IdentityFile ~/.ssh/nothing\n");
        refused(SshOptions.DEFAULT)
                .hasMessageContaining("There was no key to try")
                .hasMessageContaining(me.ssh("nothing") + " cannot be used: it is not there");
    }

    @Test
    void should_say_so_when_there_is_no_key_at_all() {
        refused(SshOptions.DEFAULT).hasMessageContaining("There was no key to try");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void should_not_use_a_key_file_when_others_may_read_or_write_it(String permissions) throws IOException {
        Path key = Keys.write(MINE, folder.resolve("my key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));

        refused(SshOptions.DEFAULT.identity(key))
                .hasMessageContaining(key + " can be read or written by others")
                .hasMessageContaining("chmod 600 '" + key + "'");
    }

    @Test
    void should_ask_for_the_passphrase_when_a_key_file_has_one() {
        char[] given = "hunter2 ä".toCharArray();
        for (KeyPair pair : List.of(MINE, MINE_ED25519, MINE_RSA)) {
            Path key = Keys.writeEncrypted(pair, folder.resolve("encrypted"), "hunter2 ä");

            connect(SshOptions.DEFAULT.identity(key).passphrase(given::clone));
        }
    }

    @Test
    void should_say_what_to_do_when_the_passphrase_is_missing_or_wrong() {
        Path key = Keys.writeEncrypted(MINE, folder.resolve("encrypted"), "hunter2");
        char[] wrong = "hunter3".toCharArray();

        refused(SshOptions.DEFAULT.identity(key))
                .hasMessageContaining(key + " has a passphrase")
                .hasMessageContaining("ssh-add " + key);
        refused(SshOptions.DEFAULT.identity(key).passphrase(() -> wrong))
                .hasMessageContaining(key + " has another passphrase")
                .message()
                .doesNotContain("hunter");
        assertThat(wrong).containsOnly('\0');
    }

    @Test
    void should_say_so_when_a_file_is_no_key() throws IOException {
        Path noKey = Files.writeString(folder.resolve("no-key"), "hello");
        Files.setPosixFilePermissions(noKey, PosixFilePermissions.fromString("rw-------"));
        Path torn = Keys.write(MINE, folder.resolve("torn"));
        Files.writeString(torn, Files.readString(torn).substring(0, 120));

        refused(SshOptions.DEFAULT.identity(noKey)).hasMessageContaining(noKey + " ");
        refused(SshOptions.DEFAULT.identity(torn)).hasMessageContaining(torn + " cannot be read as a key");
    }

    @Test
    void should_stop_and_say_so_when_the_server_has_seen_too_many_keys() {
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(node.server(), 2);
        StringBuilder config = new StringBuilder("Host *\n");
        for (int i = 0; i < 6; i++) {
            Keys.write(Keys.ec(), me.ssh("key" + i));
            config.append(" IdentityFile ~/.ssh/key").append(i).append('\n');
        }
        me.write("config", config.toString());

        refused(SshOptions.DEFAULT)
                .hasMessageContaining("It ended the connection")
                .hasMessageContaining(me.ssh("key0").toString());
    }

    @Test
    void should_sign_with_sha_2_when_the_agent_holds_an_rsa_key() throws IOException {
        try (FakeAgent agent = new FakeAgent(folder.resolve("agent"), FakeAgent.Mood.GOOD, MINE_RSA)) {
            me.agent(agent.socket);

            connect(SshOptions.DEFAULT);

            assertThat(agent.flags).containsExactly(4);
        }
    }

    @Test
    void should_let_the_agent_sign_when_it_holds_the_key_of_a_file_with_a_passphrase() throws IOException {
        Path key = Keys.writeEncrypted(MINE_RSA, folder.resolve("encrypted"), "hunter2");
        try (FakeAgent agent = new FakeAgent(folder.resolve("agent"), FakeAgent.Mood.GOOD, Keys.rsa(), MINE_RSA)) {
            me.agent(agent.socket);

            connect(SshOptions.DEFAULT.identity(key));

            assertThat(agent.flags).hasSize(1);
        }
    }

    @Test
    void should_use_no_other_key_of_the_agent_when_one_is_named() throws IOException {
        Path key = Keys.write(STRANGE, folder.resolve("named"));
        try (FakeAgent agent = new FakeAgent(folder.resolve("agent"), FakeAgent.Mood.GOOD, MINE_RSA)) {
            me.agent(agent.socket);

            refused(SshOptions.DEFAULT.identity(key)).message().doesNotContain("of the agent");
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_go_on_with_files_when_the_agent_misbehaves(FakeAgent.Mood mood) throws IOException {
        Keys.write(MINE, me.ssh("id_ecdsa"));
        try (FakeAgent agent = new FakeAgent(folder.resolve("agent"), mood, MINE_RSA)) {
            me.agent(agent.socket);

            connect(SshOptions.DEFAULT);
        }
    }

    @Test
    void should_say_so_when_there_is_no_agent_where_it_should_be() {
        me.agent(folder.resolve("nothing"));

        refused(SshOptions.DEFAULT)
                .hasMessageContaining("the agent at " + folder.resolve("nothing") + " cannot be asked");
    }
}
