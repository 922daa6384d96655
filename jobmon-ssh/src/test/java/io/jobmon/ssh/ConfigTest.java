package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an SSH configuration says, against ssh_config(5). */
class ConfigTest {

    @TempDir
    Path home;

    private Workplace me;

    @BeforeEach
    void live() {
        me = new Workplace(home);
    }

    private List<Hop> route(String target) {
        return new Routes(SshOptions.DEFAULT, me.places()).to(SshTarget.parse(target, "The host"));
    }

    private Hop hop(String target) {
        List<Hop> route = route(target);
        assertThat(route).hasSize(1);
        return route.get(0);
    }

    @Test
    void should_take_defaults_when_there_is_no_configuration() {
        Hop hop = hop("node1");

        assertThat(hop.host()).isEqualTo("node1");
        assertThat(hop.port()).isEqualTo(22);
        assertThat(hop.user()).isEqualTo("local");
        assertThat(hop.connectTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(hop.known().files())
                .containsExactly(me.ssh("known_hosts"), me.ssh("known_hosts2"), Path.of("/etc/ssh/ssh_known_hosts"));
        assertThat(hop.keys().files()).isEmpty();
    }

    @Test
    void should_take_the_first_value_when_several_blocks_match() {
        me.write("config", """
                # a comment
                User first
                Host node?  login
                    HostName %h.cluster.example
                    Port=2222
                    User second
                Host * !node2
                \tPort 3333
                    ConnectTimeout "7"
                    UnknownKeyword whatever
                """);

        assertThat(hop("node1").host()).isEqualTo("node1.cluster.example");
        assertThat(hop("node1").port()).isEqualTo(2222);
        assertThat(hop("node1").user()).isEqualTo("first");
        assertThat(hop("node1").connectTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(hop("node2").connectTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(hop("other").port()).isEqualTo(3333);
    }

    @Test
    void should_prefer_what_the_user_said_when_the_configuration_says_it_too() {
        me.write("config", "Host node1\n User config\n Port 2222\n IdentityFile ~/a\n UserKnownHostsFile ~/k\n");
        SshOptions options = SshOptions.DEFAULT.identity(Path.of("/mine")).knownHosts(Path.of("/known"));

        Hop hop = new Routes(options, me.places())
                .to(SshTarget.parse("you@node1:99", "The host"))
                .get(0);

        assertThat(hop.user()).isEqualTo("you");
        assertThat(hop.port()).isEqualTo(99);
        assertThat(hop.keys().files()).containsExactly(Path.of("/mine"));
        assertThat(hop.keys().only()).isTrue();
        assertThat(hop.known().files()).contains(Path.of("/known")).doesNotContain(home.resolve("k"));
    }

    @Test
    void should_collect_keys_and_expand_when_there_are_several() {
        me.agent(Path.of("/agent")).write("config", """
                Host node1
                    HostName 10.0.0.1
                    User you
                    IdentityFile ~/.ssh/%r_%h_%p_%n_%u
                    IdentityFile "%d/with a space"
                    IdentityFile 100%%
                    IdentitiesOnly yes
                    UserKnownHostsFile ~/k1 /k2
                    HostKeyAlias cluster
                """);

        Hop hop = hop("node1");

        assertThat(hop.keys().files())
                .containsExactly(
                        me.ssh("you_10.0.0.1_22_node1_local"), home.resolve("with a space"), home.resolve("100%"));
        assertThat(hop.keys().only()).isTrue();
        assertThat(hop.keys().agent()).contains(Path.of("/agent"));
        assertThat(hop.known().files())
                .containsExactly(home.resolve("k1"), Path.of("/k2"), Path.of("/etc/ssh/ssh_known_hosts"));
        assertThat(hop.known().alias()).contains("cluster");
    }

    @Test
    void should_take_another_agent_or_none_when_told_so() {
        me.agent(Path.of("/agent")).write("config", "Host a\n IdentityAgent ~/sock\nHost b\n IdentityAgent none\n");

        assertThat(hop("a").keys().agent()).contains(home.resolve("sock"));
        assertThat(hop("b").keys().agent()).isEmpty();
        assertThat(hop("c").keys().agent()).contains(Path.of("/agent"));
    }

    @Test
    void should_read_included_files_when_they_match_a_glob() {
        me.write("config", "Include conf.d/*.conf no/such/file\nHost *\n Port 1\nHost inner\n Include nested\n")
                .write("conf.d/10-a.conf", "Host node1\n Port 10\n")
                .write("conf.d/20-b.conf", "Host node1\n Port 20\n User b\n")
                .write("conf.d/.hidden.conf", "User hidden\n")
                .write("conf.d/other", "User other\n")
                .write("nested", "User nested\nHost *\n ConnectTimeout 3\n");

        assertThat(hop("node1").port()).isEqualTo(10);
        assertThat(hop("node1").user()).isEqualTo("b");
        assertThat(hop("node2").port()).isEqualTo(1);
        assertThat(hop("node2").user()).isEqualTo("local");
        assertThat(hop("node2").connectTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(hop("inner").user()).isEqualTo("nested");
        assertThat(hop("inner").connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void should_refuse_when_a_file_includes_itself() {
        me.write("config", "Include config\n");

        assertThatThrownBy(() -> hop("a")).isInstanceOf(JobMonException.class).hasMessageContaining("includes itself");
    }

    @Test
    void should_leave_match_blocks_out_and_say_so_when_there_are_some() {
        me.write("config", "Match host node1\n User matched\nMatch all\n Port 5\n");

        Hop hop = hop("node1");

        assertThat(hop.user()).isEqualTo("local");
        assertThat(hop.port()).isEqualTo(5);
        assertThat(hop.remarks()).contains(me.ssh("config") + ":1");
    }

    @Test
    void should_jump_from_one_to_the_next_when_told_so() {
        me.write("config", """
                Host gate
                    ProxyJump outer
                    User keeper
                Host second
                    ProxyJump nowhere
                    Port 23
                Host inner
                    ProxyJump gate,you@second:24
                Host free
                    ProxyJump none
                Host *
                    ProxyJump none
                """);

        assertThat(route("inner")).extracting(Hop::name).containsExactly("outer", "gate", "second", "inner");
        assertThat(route("inner")).extracting(Hop::user).containsExactly("local", "keeper", "you", "local");
        assertThat(route("inner")).extracting(Hop::port).containsExactly(22, 22, 24, 22);
        assertThat(route("free")).hasSize(1);
    }

    @Test
    void should_refuse_when_jumps_lead_in_a_circle() {
        me.write("config", "Host *\n ProxyJump gate\n");

        assertThatThrownBy(() -> route("node1"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("node1 -> gate -> gate")
                .hasMessageContaining("Host * !gate");
    }

    @Test
    void should_refuse_when_a_program_is_to_connect() {
        me.write("config", "Host a\n ProxyCommand ssh -W %h:%p gate\nHost b\n ProxyCommand none\n");

        assertThatThrownBy(() -> route("a"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("config:2 (ProxyCommand)")
                .hasMessageContaining("ProxyJump");
        assertThat(route("b")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Port 0",
                "Port 65536",
                "Port x",
                "HostName -oProxyCommand=x",
                "HostName 'a b'",
                "User -x",
                "User \"a b\"",
                "IdentityFile %q",
                "ProxyJump -x",
                "User \"open",
                "Port"
            })
    void should_name_file_and_line_when_a_value_is_refused(String line) {
        me.write("config", "# first\n" + line + "\n");

        assertThatThrownBy(() -> route("node1"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(me.ssh("config") + ":2");
    }

    @Test
    void should_refuse_when_the_file_that_was_named_is_not_there() {
        SshOptions options = SshOptions.DEFAULT.config(home.resolve("nothing"));

        assertThatThrownBy(() -> new Routes(options, me.places()).to(SshTarget.parse("a", "The host")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("nothing cannot be read: it is not there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Port 22|Port,22",
                "  Port = 22  # why|Port,22",
                "Port=22|Port,22",
                "A \"b c\" d'e f'g|A,b c,de fg",
                "A \\\"b\\\" c\\ d|A,\"b\",c d",
                "# all of it|",
                "A ''|A,"
            })
    void should_cut_a_line_into_words_when_it_is_written_in_any_way(String line, String words) {
        assertThat(ConfigWords.split(line, "x:1"))
                .containsExactly(words == null ? new String[0] : words.split(",", -1));
    }
}
