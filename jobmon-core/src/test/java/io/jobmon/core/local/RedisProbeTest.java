package io.jobmon.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisProbeTest {

    @TempDir
    Path folder;

    @Test
    void should_wait_when_the_server_is_loading() throws Exception {
        ServerProcess server = spawn("cat >/dev/null; exec sleep 60");
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            List<String> answers = List.of("-LOADING Redis is loading", "-LOADING Redis is loading", "+PONG");
            CompletableFuture<List<String>> heard = CompletableFuture.supplyAsync(() -> answer(socket, answers));

            assertThat(RedisProbe.await(server, InetAddress.getLoopbackAddress(), socket.getLocalPort(), "secret"))
                    .isTrue();

            assertThat(heard.get(10, TimeUnit.SECONDS)).hasSize(6).contains("AUTH secret", "PING");
        } finally {
            server.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void should_give_up_when_the_process_has_ended() throws Exception {
        ServerProcess server = spawn("exit 1");

        assertThat(RedisProbe.await(server, InetAddress.getLoopbackAddress(), ServerProcess.freePort(), "secret"))
                .isFalse();

        assertThat(server.alive()).isFalse();
        assertThat(server.stop(Duration.ZERO)).isFalse();
    }

    @Test
    void should_kill_the_server_when_it_does_not_end() throws Exception {
        ServerProcess server = spawn("trap '' TERM; echo ready >&2; while :; do sleep 1; done");
        await().until(() -> server.lastLines().contains("ready"));

        assertThat(server.stop(Duration.ofMillis(100))).isFalse();

        assertThat(ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private ServerProcess spawn(String body) throws IOException {
        Path program = Programs.write(folder, "redis-server", "v=7.0", body);
        return ServerProcess.spawn(program, folder, folder.resolve("log"), "port 1\n", "secret");
    }

    private static List<String> answer(ServerSocket server, List<String> answers) {
        List<String> heard = new ArrayList<>();
        try {
            for (String answer : answers) {
                try (Socket socket = server.accept()) {
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    heard.add(in.readLine());
                    heard.add(in.readLine());
                    socket.getOutputStream().write(("+OK\r\n" + answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
            return heard;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
