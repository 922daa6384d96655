package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of servers that are not at hand: of other versions, and open to everybody. */
class PreflightNotesTest {

    /** As much of a server as a look at it needs; it knows no HELLO, as none before version 6. */
    private static final class FakeRedis implements AutoCloseable {

        private static final Map<String, String> SETTINGS = Map.of(
                "maxmemory-policy", "noeviction",
                "hash-max-*pack-value", "1024",
                "appendonly", "yes",
                "save", "");

        private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final String version;

        FakeRedis(String version) throws IOException {
            this.version = version;
            Thread thread = new Thread(this::accept, "fake-redis");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept();
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                    OutputStream out = socket.getOutputStream();
                    for (List<String> words = command(in); !words.isEmpty(); words = command(in)) {
                        out.write(answer(words).getBytes(StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    // This client is gone; the next one may come.
                }
            }
        }

        private static List<String> command(BufferedReader in) throws IOException {
            List<String> words = new ArrayList<>();
            String head = in.readLine();
            for (int left = head == null ? 0 : Integer.parseInt(head.substring(1)); left > 0; left--) {
                in.readLine();
                words.add(in.readLine());
            }
            return words;
        }

        private String answer(List<String> words) {
            return switch (words.get(0).toUpperCase(Locale.ROOT)) {
                case "PING" -> "+PONG\r\n";
                case "AUTH" -> "+OK\r\n";
                case "INFO" -> bulk("# Server\r\nredis_version:" + version + "\r\nredis_mode:standalone\r\n");
                case "CONFIG" -> "*2\r\n" + bulk(words.get(2)) + bulk(SETTINGS.getOrDefault(words.get(2), ""));
                case "SETNX" -> ":0\r\n";
                case "GET" -> bulk("1");
                default -> "-ERR unknown command `" + words.get(0) + "`\r\n";
            };
        }

        private static String bulk(String text) {
            return "$" + text.length() + "\r\n" + text + "\r\n";
        }

        List<String> notes(String login, String host) {
            String uri = "redis://" + login + host + ":" + server.getLocalPort();
            try (QueueServer queue = QueueServer.at(uri, "t", Duration.ofSeconds(12))) {
                return queue.check(uri, false);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.24", "5.0.14", "6.0.20", "6.1.241"})
    void should_say_so_when_the_server_is_older_than_6_2(String version) throws IOException {
        try (FakeRedis server = new FakeRedis(version)) {
            assertThat(server.notes("", "127.0.0.1"))
                    .containsExactly("Redis is version " + version
                            + "; JobMon is tested with 6.2 and newer. Update the server.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.0", "6.10.1", "7.0.15", "8.2.1", "10.0.0"})
    void should_say_nothing_when_the_server_is_6_2_or_newer(String version) throws IOException {
        try (FakeRedis server = new FakeRedis(version)) {
            assertThat(server.notes("", "127.0.0.1")).isEmpty();
        }
    }

    /** 0.0.0.0 is this machine, but no loopback address. */
    @Test
    void should_warn_when_a_server_that_others_reach_lets_anyone_in() throws IOException {
        try (FakeRedis server = new FakeRedis("7.0.15")) {
            assertThat(server.notes("", "0.0.0.0"))
                    .singleElement()
                    .asString()
                    .startsWith("Redis at 0.0.0.0 lets anyone in without a password")
                    .endsWith("Set requirepass, and put the password into the URI.");
            assertThat(server.notes(":s3cr3t@", "0.0.0.0")).isEmpty();
            assertThat(server.notes("", "localhost")).isEmpty();
        }
    }
}
