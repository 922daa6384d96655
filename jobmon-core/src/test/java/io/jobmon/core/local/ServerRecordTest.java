package io.jobmon.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerRecordTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void should_wait_for_the_process_when_it_is_still_ending() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", "read x").start();
        ServerRecord record = record(process.pid());

        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> record.awaitEnd(LONG));
        assertThat(waiting).isNotDone();
        process.getOutputStream().close();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void should_kill_only_a_server_when_it_does_not_end() throws Exception {
        Process other = new ProcessBuilder("/bin/sh", "-c", "read x").start();
        assertThat(record(other.pid()).awaitEnd(SHORT)).isFalse();
        assertThat(record(other.pid()).kill(SHORT)).isFalse();
        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly().waitFor();

        try (EmbeddedRedis redis = EmbeddedRedis.start(null)) {
            assertThat(record(redis.pid()).awaitEnd(SHORT)).isFalse();
            assertThat(record(redis.pid()).kill(LONG)).isTrue();
            await().until(() ->
                    ProcessHandle.of(redis.pid()).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void should_not_mistake_another_process_for_it_when_the_id_was_given_anew() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", "read x").start();
        ServerRecord record = record(process.pid());

        assertThat(record.awaitEnd(SHORT)).isFalse();
        assertThat(new ServerRecord(record.pid(), record.start().minusSeconds(60)).awaitEnd(SHORT))
                .isTrue();

        process.destroyForcibly().waitFor();
    }

    @Test
    void should_know_the_process_when_the_clock_was_set_meanwhile() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", "read x").start();
        ServerRecord record = record(process.pid());
        assertThat(record.token()).isNotEmpty();

        assertThat(new ServerRecord(record.pid(), record.start().minusSeconds(60), record.token()).alive())
                .isTrue();
        assertThat(new ServerRecord(record.pid(), record.start(), record.token() + "1").alive())
                .isFalse();

        process.destroyForcibly().waitFor();
    }

    @Test
    void should_count_a_process_as_ended_when_only_nobody_asked_for_its_exit_code() throws Exception {
        // The inner shell ends; its parent, which became sleep, never asks.
        // A shell gives /dev/null to what it puts in the background, so that the pipe goes by another number.
        Process parent =
                new ProcessBuilder("/bin/sh", "-c", "exec 3<&0; sh -c 'echo $$; read x' <&3 & exec sleep 60").start();
        long child = Long.parseLong(parent.inputReader().readLine());
        ServerRecord record = record(child);
        assertThat(record.alive()).isTrue();

        parent.getOutputStream().close();

        assertThat(record.awaitEnd(LONG)).isTrue();
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isPresent();
        parent.destroyForcibly().waitFor();
    }

    @Test
    void should_read_nothing_when_the_file_is_missing_or_cut_short() throws IOException {
        Path file = folder.resolve("server");
        assertThat(ServerRecord.read(file)).isEmpty();
        for (String content : new String[] {"", "12", "12\n2026-", "x\n2026-01-01T00:00:00Z\n"}) {
            Files.writeString(file, content);
            assertThat(ServerRecord.read(file)).isEmpty();
        }
    }

    private ServerRecord record(long pid) throws IOException {
        Path file = folder.resolve("server");
        ServerRecord.write(file, pid);
        return ServerRecord.read(file).orElseThrow();
    }
}
