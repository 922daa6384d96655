package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.spi.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong, unreachable or closed server is said at once, and never with its password. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BadServerTest {

    private static final String SECRET = "pa55-of-the-test";

    private static OwnRedis server;

    @BeforeAll
    static void open() {
        server = OwnRedis.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String refusal(String uri) {
        Throwable thrown = catchThrowable(() -> JobMon.connect(uri).close());
        assertThat(thrown).isInstanceOf(JobMonException.class);
        StringWriter all = new StringWriter();
        thrown.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain(SECRET).doesNotContain(server.password());
        return thrown.getMessage();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost:6379",
                "http://localhost",
                "redis://",
                "redis://:" + SECRET + "@",
                "redis://:" + SECRET + "@host:notaport",
                "redis://:" + SECRET + "@host:6379/notadatabase",
                "redis://:a b" + SECRET + "@h",
                "redis://:" + SECRET + "@[::1"
            })
    void should_show_a_good_uri_when_it_is_none(String uri) {
        assertThat(refusal(uri)).contains("Redis URI", "such as redis://");
    }

    @Test
    void should_name_the_address_when_nobody_listens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(refusal("redis://:" + SECRET + "@127.0.0.1:" + port))
                .contains("127.0.0.1:" + port, "cannot be reached (Connection refused", "check the address");
        assertThat(refusal("redis://:" + SECRET + "@no-such-host.invalid:6379")).contains("no-such-host.invalid");
    }

    @Test
    void should_give_up_when_what_listens_is_no_redis() throws Exception {
        for (String answer : new String[] {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
            try (ServerSocket strange = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread thread = new Thread(() -> answer(strange, answer));
                thread.setDaemon(true);
                thread.start();
                assertThat(refusal("redis://:" + SECRET + "@127.0.0.1:" + strange.getLocalPort()))
                        .contains("127.0.0.1:" + strange.getLocalPort())
                        .contains(answer.isEmpty() ? "check the address" : "is no Redis; correct the address");
            }
        }
    }

    private static void answer(ServerSocket server, String text) {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.getInputStream().read();
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void should_say_so_when_the_password_is_wrong_or_missing() {
        Map<String, String> before = server.content();

        assertThat(refusal("redis://127.0.0.1:" + server.port())).contains("wants a password", "redis://:password@");
        assertThat(refusal("redis://:" + SECRET + "@127.0.0.1:" + server.port()))
                .contains("refuses", "password");
        assertThat(refusal("redis://me:" + SECRET + "@127.0.0.1:" + server.port()))
                .contains("refuses", "password");

        assertThat(server.content()).isEqualTo(before);
    }

    @Test
    void should_refuse_when_keys_may_be_evicted() {
        try (OwnRedis evicting = OwnRedis.start()) {
            evicting.commands().configSet("maxmemory-policy", "allkeys-lru");

            assertThat(refusal(evicting.uri()))
                    .contains("maxmemory-policy allkeys-lru", "CONFIG SET maxmemory-policy noeviction");
            assertThat(evicting.content()).isEmpty();

            evicting.commands().configSet("maxmemory-policy", "noeviction");
            JobMon.connect(evicting.uri()).close();
        }
    }

    @Test
    void should_refuse_when_a_newer_jobmon_wrote_the_namespace() {
        server.commands().set("future:schema", "2");

        assertThatThrownBy(
                        () -> JobMon.connect(JobMonOptions.redis(server.uri()).namespace("future")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("newer JobMon")
                .hasMessageContaining("Update this program");
    }

    @Test
    void should_read_the_worker_from_its_environment_when_it_is_there(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("redis"), server.uri() + "\n");
        try (Worker worker = Engine.find()
                        .workerFromEnvironment(Map.of(
                                "JOBMON_REDIS_FILE", file.toString(),
                                "JOBMON_NAMESPACE", "elsewhere",
                                "JOBMON_SLOTS", "2",
                                "JOBMON_TAGS", "gpu,big"))
                        .job(new Jobs.OfInteger())
                        .start();
                JobMon jobmon = JobMon.connect(JobMonOptions.redis(server.uri()).namespace("elsewhere"))) {
            Sweep<Integer, Long> sweep =
                    jobmon.post(new Jobs.OfInteger()).requires("big", "gpu").run(4);
            sweep.await();
            assertThat(sweep.results()).extracting(Result::worker).containsExactly(worker.id());
        }
        assertThat(server.commands().keys("jobmon:jobs:*")).isEmpty();
    }

    @Test
    void should_name_the_variable_when_the_environment_makes_no_sense(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThat(environment(Map.of())).contains("JOBMON_REDIS", "JOBMON_REDIS_FILE", "redis://head:6379");
        assertThat(environment(Map.of("JOBMON_REDIS", "redis://h", "JOBMON_REDIS_FILE", "f")))
                .contains("leave one");
        assertThat(environment(
                        Map.of("JOBMON_REDIS_FILE", folder.resolve("none").toString())))
                .contains("JOBMON_REDIS_FILE", "none", "cannot be read");
        assertThat(environment(Map.of("JOBMON_REDIS_FILE", empty.toString()))).contains("Redis URI");
        assertThat(environment(Map.of("JOBMON_REDIS", "redis://h", "JOBMON_SLOTS", "many")))
                .contains("JOBMON_SLOTS", "many");
        assertThat(environment(Map.of("JOBMON_REDIS", "redis://h", "JOBMON_SLOTS", "0")))
                .contains("slots", "0");
        assertThat(environment(Map.of("JOBMON_REDIS", "redis://h", "JOBMON_TAGS", "a,,b")))
                .contains("tag");
        assertThat(environment(Map.of("JOBMON_REDIS", "redis://h", "JOBMON_NAMESPACE", "a:b")))
                .contains("a:b");
    }

    private static String environment(Map<String, String> variables) {
        Throwable thrown = catchThrowable(() -> Engine.find().workerFromEnvironment(variables));
        assertThat(thrown).isInstanceOf(JobMonException.class);
        return thrown.getMessage();
    }
}
