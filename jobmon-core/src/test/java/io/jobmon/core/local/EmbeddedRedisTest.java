package io.jobmon.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void should_answer_only_with_the_password_when_started() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(null)) {
            assertThat(redis.uri()).matches("redis://:[0-9a-f]{48}@127\\.0\\.0\\.1:\\d+");
            try (Resp stranger = new Resp(URI.create(redis.uri()).getPort())) {
                assertThat(stranger.send("PING")).startsWith("-NOAUTH");
            }
            assertThat(Resp.ask(redis, "PING")).isEqualTo("PONG");
            assertThat(redis.lastStopWasOrderly()).isTrue();
        }
    }

    @Test
    void should_tell_the_password_to_nobody_when_started() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            String password = URI.create(redis.uri()).getUserInfo().substring(1);
            assertThat(redis.toString()).doesNotContain(password);
            assertThat(ProcessHandle.current().descendants())
                    .isNotEmpty()
                    .noneMatch(handle -> handle.info().commandLine().orElse("").contains(password));
            assertThat(folder.resolve("redis.log"))
                    .content()
                    .contains("Ready to accept")
                    .doesNotContain(password);
        }
    }

    @Test
    void should_be_set_up_as_the_queue_needs_it_when_started() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(null);
                Resp resp = Resp.open(redis.uri())) {
            assertThat(resp.send("CONFIG GET maxmemory-policy")).endsWith(",noeviction");
            assertThat(resp.send("CONFIG GET hash-max-ziplist-value")).endsWith(",1024");
            assertThat(resp.send("CONFIG GET appendonly")).endsWith(",no");
            assertThat(resp.send("CONFIG GET save")).isEqualTo("save,");
            assertThat(resp.send("CONFIG GET bind")).isEqualTo("bind,127.0.0.1");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder);
                Resp resp = Resp.open(redis.uri())) {
            assertThat(resp.send("CONFIG GET appendonly")).endsWith(",yes");
            assertThat(resp.send("CONFIG GET appendfsync")).endsWith(",everysec");
            assertThat(resp.send("CONFIG GET dir")).endsWith(folder.toRealPath() + "/data");
        }
    }

    @Test
    void should_leave_nothing_when_closed_without_a_folder() {
        EmbeddedRedis redis = EmbeddedRedis.start(null);
        ProcessHandle server = ProcessHandle.of(redis.pid()).orElseThrow();

        redis.close();
        redis.close();

        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void should_keep_the_data_when_the_folder_is_opened_again() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("new/folder"))) {
            assertThat(redis.lastStopWasOrderly()).isTrue();
            assertThat(Resp.ask(redis, "SET answer 42")).isEqualTo("OK");
        }
        for (int i = 0; i < 2; i++) {
            try (EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("new/folder"))) {
                assertThat(redis.lastStopWasOrderly()).isTrue();
                assertThat(Resp.ask(redis, "GET answer")).isEqualTo("42");
            }
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("new/folder/data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void should_find_the_data_when_the_folder_is_of_the_time_when_they_had_another_name() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            assertThat(Resp.ask(redis, "SET answer 42")).isEqualTo("OK");
        }
        Files.move(folder.resolve("data"), folder.resolve("redis"));
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            assertThat(redis.lastStopWasOrderly()).isTrue();
            assertThat(Resp.ask(redis, "GET answer")).isEqualTo("42");
        }
        assertThat(folder.resolve("redis")).doesNotExist();
    }

    @Test
    void should_leave_nothing_when_the_program_is_killed() throws Exception {
        ForkedRedis program = ForkedRedis.startWithTemporary(folder);
        ProcessHandle server = program.server();
        assertThat(server.isAlive()).isTrue();
        assertThat(folder).isEmptyDirectory();

        program.kill();

        await().atMost(SOON).until(() -> !server.isAlive());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void should_open_the_folder_at_once_when_the_program_before_was_killed() throws Exception {
        for (int i = 0; i < 3; i++) {
            ForkedRedis program = ForkedRedis.start(folder.toString());
            assertThat(program.line()).endsWith(i == 0 ? " true" : " false");
            try (Resp resp = Resp.open(program.uri())) {
                assertThat(resp.send("INCR starts")).isEqualTo(Integer.toString(i + 1));
            }
            ProcessHandle server = program.server();
            program.kill();
            if (i == 2) {
                try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
                    await().atMost(SOON).until(() -> !server.isAlive()); // its guard asks for its exit code
                    assertThat(redis.lastStopWasOrderly()).isFalse();
                    assertThat(Resp.ask(redis, "GET starts")).isEqualTo("3");
                }
            }
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            assertThat(redis.lastStopWasOrderly()).isTrue();
        }
    }

    @Test
    void should_call_the_stop_disorderly_when_the_server_was_killed() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            assertThat(Resp.ask(redis, "SET answer 42")).isEqualTo("OK");
            ProcessHandle server = ProcessHandle.of(redis.pid()).orElseThrow();
            server.destroyForcibly();
            await().atMost(SOON).until(() -> !server.isAlive());
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            assertThat(redis.lastStopWasOrderly()).isFalse();
        }
    }

    @Test
    void should_refuse_the_folder_when_it_is_open() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            String refusal = "The folder " + folder
                    + " is in use by %s (another JobMon.local(..)); close it or choose another folder.";
            Path byAnotherName =
                    Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
            assertThatThrownBy(() -> EmbeddedRedis.start(folder))
                    .isInstanceOf(JobMonException.class)
                    .hasMessage(refusal, "this program");
            assertThatThrownBy(() -> EmbeddedRedis.start(byAnotherName)).hasMessageContaining("by this program");
            Files.delete(byAnotherName);

            // Had the refusal here let go of the lock, the other program would get it.
            try (ForkedRedis other = ForkedRedis.start(folder.toString())) {
                assertThat(other.line())
                        .isEqualTo(refusal, "process " + ProcessHandle.current().pid());
            }
            assertThat(Resp.ask(redis, "PING")).isEqualTo("PONG");
        }
        try (ForkedRedis other = ForkedRedis.start(folder.toString())) {
            assertThat(other.line()).startsWith(other.server().pid() + " redis://");
            assertThatThrownBy(() -> EmbeddedRedis.start(folder))
                    .hasMessageContaining("is in use by process " + other.pid() + " (");
        }
    }

    @Test
    void should_refuse_the_folder_when_it_cannot_be_used() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> EmbeddedRedis.start(file))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Cannot use the folder " + file + " (it is a file)");
        assertThatThrownBy(() -> EmbeddedRedis.start(file.resolve("below")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Cannot use the folder " + file + "/below (");
        assertThatThrownBy(() -> EmbeddedRedis.start(Path.of("/proc"))) // where not even root may write
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Cannot use the folder /proc (");
    }

    @Test
    void should_work_when_the_folders_name_is_odd() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (ForkedRedis program = ForkedRedis.start(folder.toString(), "odd");
                    Resp resp = Resp.open(program.uri())) {
                assertThat(resp.send("INCR starts")).isEqualTo(Integer.toString(i + 1));
            }
        }
    }

    @Test
    void should_lose_only_the_tail_when_the_data_were_cut_short() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder);
                Resp resp = Resp.open(redis.uri())) {
            assertThat(resp.send("SET first 1")).isEqualTo("OK");
            assertThat(resp.send("SET second 2")).isEqualTo("OK");
        }
        Path file = folder.resolve("data/appendonlydir/appendonly.aof.1.incr.aof");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder);
                Resp resp = Resp.open(redis.uri())) {
            assertThat(resp.send("GET first")).isEqualTo("1");
            assertThat(resp.send("GET second")).isEqualTo("nil");
        }
    }

    @Test
    void should_take_another_port_when_the_first_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Deque<Integer> ports = new ArrayDeque<>(List.of(taken.getLocalPort(), ServerProcess.freePort()));
            try (EmbeddedRedis redis = EmbeddedRedis.start(folder, RedisBinary.ofSystem(), ports::remove)) {
                assertThat(ports).isEmpty();
                assertThat(Resp.ask(redis, "PING")).isEqualTo("PONG");
            }
        }
    }

    @Test
    void should_say_what_the_server_said_when_it_ends_at_its_start() throws IOException {
        Path bin = folder.resolve("bin");
        Programs.write(bin, "redis-server", "Redis server v=7.2.1 sha=0", "cat >&2; echo no luck today >&2; exit 3");
        RedisBinary binaries = new RedisBinary(List.of(bin), BundledRedis.ofSystem());

        assertThatThrownBy(() -> EmbeddedRedis.start(folder.resolve("data"), binaries, ServerProcess::freePort))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(bin + "/redis-server ended at its start")
                .hasMessageContaining("requirepass ***")
                .hasMessageEndingWith("no luck today");
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder.resolve("data"))) {
            assertThat(redis.lastStopWasOrderly()).isTrue();
        }
    }

    @Test
    void should_put_the_log_aside_when_it_has_grown_long() throws IOException {
        Files.writeString(folder.resolve("redis.log"), "x".repeat(2 << 20));
        try (EmbeddedRedis redis = EmbeddedRedis.start(folder)) {
            assertThat(Resp.ask(redis, "PING")).isEqualTo("PONG");
        }
        assertThat(folder.resolve("redis.log.1")).hasSize(2 << 20);
        assertThat(folder.resolve("redis.log"))
                .content()
                .contains("Ready to accept")
                .hasSizeLessThan(20_000);
    }
}
