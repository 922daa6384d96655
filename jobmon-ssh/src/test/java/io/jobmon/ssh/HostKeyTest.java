package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which machines are believed. */
class HostKeyTest {

    private static final KeyPair MINE = Keys.ec();
    private static final KeyPair HOST_EC = Keys.ec();
    private static final KeyPair HOST_RSA = Keys.rsa();
    private static final KeyPair HOST_ED25519 = Keys.ed25519();
    private static final KeyPair OTHER = Keys.ec();

    @TempDir
    Path folder;

    private Node node;
    private Workplace me;

    @BeforeEach
    void start() throws IOException {
        node = new Node(HOST_EC, HOST_RSA).authorize(MINE).start();
        me = new Workplace(folder);
        Keys.write(MINE, me.ssh("id_ecdsa"));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    private void connect() {
        connect(node.target(), SshOptions.DEFAULT);
    }

    private void connect(String target, SshOptions options) {
        try (SshChannel channel = me.channel(target, options)) {
            assertThat(channel.run(List.of("true"), new byte[0], Duration.ofSeconds(60))
                            .exitCode())
                    .isZero();
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused() {
        return assertThatThrownBy(this::connect)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("127.0.0.1 port " + node.port());
    }

    private String place() {
        return "[127.0.0.1]:" + node.port();
    }

    private static String key(KeyPair pair) {
        return Keys.line(pair);
    }

    private static String fingerprint(KeyPair pair) {
        return Keys.blob(pair).toString();
    }

    private static String hashed(String host) throws GeneralSecurityException {
        byte[] salt = "twenty bytes of salt".getBytes(StandardCharsets.US_ASCII);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(salt, "HmacSHA1"));
        Base64.Encoder encoder = Base64.getEncoder();
        return "|1|" + encoder.encodeToString(salt) + "|"
                + encoder.encodeToString(mac.doFinal(host.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void should_refuse_and_say_how_to_go_on_when_there_is_no_file() {
        refused()
                .hasMessageContaining("not known")
                .hasMessageContaining(fingerprint(HOST_EC))
                .hasMessageContaining(me.ssh("known_hosts").toString())
                .hasMessageContaining("connect once with ssh")
                .hasMessageContaining("ssh -p " + node.port() + " me@127.0.0.1");
    }

    @Test
    void should_refuse_as_unknown_when_the_file_knows_others_only() {
        me.knows("other " + key(HOST_EC) + "\n127.0.0.2 " + key(HOST_EC) + "\n[127.0.0.1]:1 " + key(HOST_EC) + "\n");

        refused().hasMessageContaining("not known");
    }

    @Test
    void should_connect_when_the_key_is_known_in_any_form() throws GeneralSecurityException {
        for (String host : List.of(
                place(),
                "somewhere,[127.0.0.1]:" + node.port(),
                "[127.0.0.*]:*",
                "[127.0.0.?]:" + node.port(),
                hashed(place()),
                "127.0.0.1")) {
            me.knows("# a comment\n\nbroken line\n" + host + "  " + key(HOST_EC) + " a comment\n");

            connect();
        }
    }

    @Test
    void should_not_take_a_line_when_it_excludes_the_machine() {
        me.knows("[127.0.0.*]:*,!" + place() + " " + key(HOST_EC) + "\n");

        refused().hasMessageContaining("not known");
    }

    @Test
    void should_ask_for_the_kind_of_key_that_is_known_when_the_machine_has_several() {
        for (KeyPair known : List.of(HOST_EC, HOST_RSA)) {
            me.knows(place() + " " + key(known) + "\n");

            connect();
        }
    }

    @Test
    void should_take_any_when_several_keys_are_known() {
        me.knows(place() + " " + key(OTHER) + "\n" + place() + " " + key(HOST_EC) + "\n");

        connect();
    }

    @Test
    void should_refuse_and_show_both_when_the_key_has_changed() {
        me.knows("# first\n" + place() + " " + key(OTHER) + "\n");

        refused()
                .hasMessageContaining("another key")
                .hasMessageContaining(fingerprint(HOST_EC))
                .hasMessageContaining(fingerprint(OTHER))
                .hasMessageContaining(me.ssh("known_hosts") + ":2")
                .message()
                .doesNotContain("ssh -p", "ssh-keygen", key(HOST_EC));
    }

    @Test
    void should_refuse_as_changed_when_the_machine_has_no_key_of_the_known_kind() {
        me.knows(place() + " " + key(HOST_ED25519) + "\n");

        refused()
                .hasMessageContaining("another key")
                .hasMessageContaining(fingerprint(HOST_ED25519))
                .hasMessageContaining(me.ssh("known_hosts") + ":1")
                .message()
                .doesNotContain("ssh -p");
    }

    @Test
    void should_refuse_as_unknown_when_only_another_port_is_known_to_have_another_key() {
        me.knows("127.0.0.1 " + key(OTHER) + "\n");

        refused().hasMessageContaining("not known");
    }

    @Test
    void should_refuse_when_the_key_is_revoked_even_if_it_is_known() {
        for (String host : List.of("*", "127.0.0.1", place())) {
            me.knows(place() + " " + key(HOST_EC) + "\n@revoked " + host + " " + key(HOST_EC) + "\n");

            refused()
                    .hasMessageContaining("revoked")
                    .hasMessageContaining(fingerprint(HOST_EC))
                    .hasMessageContaining(me.ssh("known_hosts") + ":2")
                    .message()
                    .doesNotContain("ssh -p", key(HOST_EC));
        }
    }

    @Test
    void should_not_take_the_key_of_an_authority_for_a_machines_own() {
        me.knows("@cert-authority " + place() + " " + key(HOST_EC) + "\n");

        refused().hasMessageContaining("not known");
    }

    @Test
    void should_not_take_a_line_when_its_marker_is_unknown() {
        me.knows("@whatever " + place() + " " + key(HOST_EC) + "\n");

        refused().hasMessageContaining("not known");
    }

    @Test
    void should_look_in_the_file_that_was_named_and_in_no_other() {
        me.knows(node.known()).write("empty", "").write("mine", place() + " " + key(HOST_EC) + "\n");

        connect(node.target(), SshOptions.DEFAULT.knownHosts(me.ssh("mine")));
        assertThatThrownBy(() -> connect(node.target(), SshOptions.DEFAULT.knownHosts(me.ssh("empty"))))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("UserKnownHostsFile=\"" + me.ssh("empty") + "\"");
    }

    @Test
    void should_look_for_the_name_in_the_configuration_when_it_has_one() {
        me.write(
                "config",
                "Host box\n HostName 127.0.0.1\n Port " + node.port() + "\n User me\n HostKeyAlias Cluster\n");
        me.knows("cluster " + key(HOST_EC) + "\n");

        connect("box", SshOptions.DEFAULT);

        me.knows("");
        assertThatThrownBy(() -> connect("box", SshOptions.DEFAULT))
                .hasMessageContaining("box (127.0.0.1 port " + node.port() + ")")
                .hasMessageContaining("ssh -p " + node.port() + " me@box");
    }
}
