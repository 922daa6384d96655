package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of machines, good and hostile. */
class SshTargetTest {

    @ParameterizedTest
    @CsvSource({
        "node1, , node1, ",
        "me@node1, me, node1, ",
        "me@node1:2222, me, node1, 2222",
        "node_1.cluster-a.example:1, , node_1.cluster-a.example, 1",
        "a@b@node1, a@b, node1, ",
        "10.0.0.1:65535, , 10.0.0.1, 65535",
        "[::1], , ::1, ",
        "me@[fe80::1%eth0]:22, me, fe80::1%eth0, 22",
        "größe, , größe, ",
    })
    void should_find_the_parts_when_a_machine_is_named(String text, String user, String host, Integer port) {
        assertThat(SshTarget.parse(text, "The host"))
                .isEqualTo(new SshTarget(Optional.ofNullable(user), host, Optional.ofNullable(port)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-oProxyCommand=x",
                "me@-x",
                "-l@node1",
                "@node1",
                "me@",
                "me@:22",
                "a b",
                " node1",
                "node1 ",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "node1:",
                "node1:0",
                "node1:65536",
                "node1:-1",
                "node1:1:2",
                "node1:22x",
                "::1",
                "[::1",
                "[]",
                "[node1]",
                "[::1]22",
                "ssh://node1",
                "a/b",
                "$(id)",
                "`id`",
                "a;b",
                "a|b",
                "m$e@node1",
                "m e@node1",
                "node*",
                "!node",
                "#node",
                "a,b",
            })
    void should_refuse_when_it_names_no_machine(String text) {
        assertThatThrownBy(() -> SshHost.of(text))
                .isInstanceOf(JobMonException.class)
                .message()
                .satisfies(message -> assertThat(message.chars().noneMatch(Character::isISOControl))
                        .as("no control characters in: %s", message)
                        .isTrue());
    }

    @Test
    void should_refuse_when_there_is_no_text() {
        assertThatThrownBy(() -> SshHost.of("")).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> SshHost.of(null)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> SshHost.of("a").identity(null)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> SshHost.of("a").passphrase(null)).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_be_called_as_it_was_given_when_settings_are_added() {
        SshHost host = SshHost.of("me@node1:2222")
                .slots(16)
                .workdir("jobmon")
                .identity(Path.of("/secret/key"))
                .passphrase(() -> "hunter2".toCharArray())
                .tags("gpu");

        assertThat(host.name()).isEqualTo("me@node1:2222");
        assertThat(host).hasToString("me@node1:2222: 16 slots, folder jobmon, tags gpu");
    }
}
