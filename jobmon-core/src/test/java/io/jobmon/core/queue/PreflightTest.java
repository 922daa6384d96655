package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.seven("--hash-max-listpack-value", "1024", "--appendonly", "yes");

    private static List<String> check(String uri, String namespace) {
        try (QueueServer server = QueueServer.at(uri, namespace, Duration.ofSeconds(12))) {
            return server.check(uri, false);
        }
    }

    private static JobMonException refused(String uri) {
        JobMonException refused = catchThrowableOfType(JobMonException.class, () -> check(uri, "t"));
        assertThat(refused).isNotNull();
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all, true));
        assertThat(all.toString()).doesNotContain("s3cr3t").doesNotContain(TestRedis.PASSWORD);
        return refused;
    }

    /** Sets up the server through the queue's own connection, and puts it back. */
    private static void with(String setting, String value, Runnable body) {
        try (QueueServer server = REDIS.server("setup");
                Queue queue = server.lane(Duration.ofSeconds(5))) {
            String before = queue.link()
                    .ask(commands -> RedisLink.got(commands.configGet(setting)))
                    .get(setting);
            queue.link().ask(commands -> RedisLink.got(commands.configSet(setting, value)));
            try {
                body.run();
            } finally {
                queue.link().ask(commands -> RedisLink.got(commands.configSet(setting, before)));
            }
        }
    }

    @Test
    void should_say_nothing_when_the_server_is_fit() {
        assertThat(check(REDIS.uri(), "t")).isEmpty();
    }

    @Test
    void should_refuse_when_the_server_evicts_keys() {
        with(
                "maxmemory-policy",
                "allkeys-lru",
                () -> assertThat(refused(REDIS.uri()))
                        .hasMessageContaining("allkeys-lru")
                        .hasMessageContaining("CONFIG SET maxmemory-policy noeviction"));
    }

    @Test
    void should_say_so_when_nothing_is_kept_on_disk() {
        with(
                "appendonly",
                "no",
                () -> assertThat(check(REDIS.uri(), "t"))
                        .singleElement()
                        .asString()
                        .contains("appendonly yes"));
    }

    @Test
    void should_recommend_larger_listpacks_when_they_are_small() {
        with(
                "hash-max-listpack-value",
                "64",
                () -> assertThat(check(REDIS.uri(), "t"))
                        .singleElement()
                        .asString()
                        .contains("hash-max-listpack-value 1024"));
    }

    @Test
    void should_refuse_when_the_namespace_is_of_a_newer_schema() {
        try (QueueServer server = REDIS.server("newer");
                Queue queue = server.lane(Duration.ofSeconds(5))) {
            queue.link().ask(commands -> RedisLink.got(commands.set("newer:schema", Reply.utf8(2))));
        }
        assertThatThrownBy(() -> check(REDIS.uri(), "newer"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("newer JobMon")
                .hasMessageContaining("schema 2");
    }

    @Test
    void should_ask_for_a_password_when_none_is_given() {
        assertThat(refused("redis://127.0.0.1:" + REDIS.port())).hasMessageContaining("wants a password");
    }

    @Test
    void should_refuse_when_the_password_is_wrong() {
        assertThat(refused("redis://:s3cr3t-wrong@127.0.0.1:" + REDIS.port()))
                .hasMessageContaining("refuses the user or the password")
                .hasMessageContaining("127.0.0.1:" + REDIS.port());
    }

    @Test
    void should_say_where_when_the_server_is_out_of_reach() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(refused("redis://:s3cr3t@127.0.0.1:" + port))
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("cannot be reached");
        assertThat(refused("redis://:s3cr3t@no-such-host.invalid:6379")).hasMessageContaining("no-such-host.invalid");
        String uri = "redis://:s3cr3t@127.0.0.1:" + port;
        try (QueueServer server = QueueServer.at(uri, "t", Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> server.lane(Duration.ofMillis(100)))
                    .isInstanceOf(QueueException.class)
                    .hasMessageContaining("cannot be reached");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://:s3cr3t@host:6379",
                "redis://",
                "redis://:s3cr3t@@host:6379",
                "redis://:s3cr3t%zz@host:6379",
                "redis://:s3cr3t@host:port",
                "redis://:s3cr3t@:6379",
                "redis://:s3cr3t@host name:6379",
                "redis://:s3cr3t@host:99999",
                "redis://:s3cr3t#x@host:6379",
                "redis://me:s3cr3t/x@host:6379",
                "redis://me:12?s3cr3t@host:6379",
                "redis-sentinel://:s3cr3t@host"
            })
    void should_refuse_when_it_is_no_redis_uri(String uri) {
        assertThat(refused(uri)).hasMessageContaining("redis://:password@host:6379");
    }

    @Test
    void should_say_what_could_not_be_checked_when_the_user_may_not_ask() {
        try (QueueServer server = REDIS.server("setup");
                Queue queue = server.lane(Duration.ofSeconds(5))) {
            queue.link()
                    .ask(commands -> RedisLink.got(commands.aclSetuser(
                            "limited",
                            io.lettuce.core.AclSetuserArgs.Builder.on()
                                    .addPassword("s3cr3t")
                                    .allKeys()
                                    .allChannels()
                                    .allCommands()
                                    .removeCommand(io.lettuce.core.protocol.CommandType.CONFIG)
                                    .removeCommand(io.lettuce.core.protocol.CommandType.INFO))));
        }
        UnaryOperator<String> as = user -> "redis://" + user + "@127.0.0.1:" + REDIS.port();
        List<String> notes = check(as.apply("limited:s3cr3t"), "t");
        assertThat(notes).anyMatch(note -> note.contains("eviction policy could not be checked"));
        assertThat(notes).anyMatch(note -> note.contains("version could not be checked"));
        assertThat(refused(as.apply("limited:s3cr3t-wrong"))).hasMessageContaining("refuses the user");
        servedWithoutInfo(as.apply("limited:s3cr3t"));
    }

    /** Where nobody can tell one server from the next, all count as the same. */
    private static void servedWithoutInfo(String uri) {
        SweepMeta meta = TestSweep.meta("limited", 10, 3, Duration.ofSeconds(1), false);
        try (QueueServer server = QueueServer.at(uri, "t", Duration.ofSeconds(12));
                Queue queue = server.lane(Duration.ofSeconds(5))) {
            assertThat(queue.sweeps().post(meta, false).incarnation()).isEqualTo("/");
            assertThat(queue.sweeps().status("limited").state()).isEqualTo("open");
            assertThat(queue.sweeps().clean("limited", false)).isTrue();
            assertThat(queue.sweeps().status("limited").exists()).isFalse();
            assertThat(queue.sweeps().status("limited").incarnation()).isEqualTo("/");
        }
    }
}
