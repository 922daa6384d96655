package io.jobmon.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobmon.JobMonException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SyslogTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path dir;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Syslog.class);
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Socket talking;

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(said);
        log.setLevel(null);
    }

    private static Relay relay(String uri) {
        return Relay.of("w-1", "h", Optional.of(SyslogServer.parse(uri)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    /** Reads messages that have their lengths before them, RFC 6587, 3.4.1, from one connection after the other. */
    private void serve(ServerSocket server) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept();
                        InputStream in = socket.getInputStream()) {
                    talking = socket;
                    read(new DataInputStream(in));
                } catch (IOException e) {
                    // The next connection.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void read(DataInputStream in) throws IOException {
        while (true) {
            int length = 0;
            for (int c = in.readUnsignedByte(); c != ' '; c = in.readUnsignedByte()) {
                length = 10 * length + c - '0';
            }
            received.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
    }

    @Test
    void should_count_bytes_when_a_message_is_not_ascii() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
                Relay relay = relay("tcp://127.0.0.1:" + server.getLocalPort())) {
            serve(server);
            relay.line("WARN", "job", "e-1", "größer\nals \u20ac");
            relay.line("ERROR", "j\"]\\", "e-2", "second");
            await().untilAsserted(() -> assertThat(received).hasSize(2));
            assertThat(received.poll())
                    .matches("(?s)<12>1 \\d{4}-\\d\\d-\\d\\dT[\\d:.]+\\S+ h jobmon \\d+ log \\[jobmon@32473"
                            + " experiment=\"e-1\" job=\"job\" worker=\"w-1\" host=\"h\"] größer\nals \u20ac");
            assertThat(received.poll())
                    .startsWith("<11>1 ")
                    .contains(" job=\"j\\\"\\]\\\\\" ")
                    .endsWith("] second");
        }
    }

    @Test
    void should_say_once_that_a_server_is_away_and_go_on_when_it_is_back() throws IOException {
        int port = freePort();
        try (Relay relay = relay("tcp://127.0.0.1:" + port)) {
            long began = System.nanoTime();
            for (int k = 0; k < 100_000; k++) {
                relay.line("INFO", "job", "e", "nobody hears this");
            }
            assertThat(System.nanoTime() - began).as("nothing waits").isLessThan(TimeUnit.SECONDS.toNanos(10));
            await().untilAsserted(() -> assertThat(said.list)
                    .singleElement()
                    .asString()
                    .contains("The syslog server tcp://127.0.0.1:" + port + " cannot be reached"));
            assertThat(lostUntilItIsBack(port, relay)).isGreaterThan(1000);
            await().untilAsserted(() -> {
                relay.line("INFO", "job", "e", "nor this");
                assertThat(said.list).hasSize(3);
            });
            assertThat(lostUntilItIsBack(port, relay))
                    .as("what was lost before was said before")
                    .isBetween(1L, 1000L);
        }
    }

    /** Opens the server, waits until it is used, and ends it; returns how many lines are said to have been left out. */
    private long lostUntilItIsBack(int port, Relay relay) throws IOException {
        int before = said.list.size();
        received.clear();
        try (ServerSocket server = new ServerSocket(port, 5, LOOPBACK)) {
            serve(server);
            await().untilAsserted(() -> {
                relay.line("INFO", "job", "e", "again");
                assertThat(received).anyMatch(line -> line.endsWith("] again"));
            });
            await().untilAsserted(() -> assertThat(said.list).hasSize(before + 1));
        }
        Socket last = talking;
        if (last != null) {
            last.close();
        }
        String back = said.list.get(before).getFormattedMessage();
        Matcher number =
                Pattern.compile("is there again; (\\d+) lines were left out").matcher(back);
        assertThat(number.find()).as(back).isTrue();
        return Long.parseLong(number.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void should_be_closed_whatever_it_has_sent(String kind) {
        relay(kind + "://127.0.0.1:9").close();
        Relay lost = relay(kind + "://no.such.host.invalid:9");
        lost.line("INFO", "job", "e", "nowhere");
        await().untilAsserted(() ->
                assertThat(said.list).singleElement().asString().contains("no.such.host.invalid:9 cannot be reached"));
        lost.close();
    }

    @Test
    void should_not_wait_for_a_server_that_has_stopped_reading() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
            leaveAlone(relay("tcp://127.0.0.1:" + server.getLocalPort()));
        }
    }

    @Test
    void should_not_wait_for_a_tls_server_that_has_stopped_reading() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        try (ServerSocket server = tls("localhost").createServerSocket(0, 5, LOOPBACK)) {
            Thread thread = new Thread(() -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    socket.startHandshake();
                    connected.countDown();
                    // Reads nothing, until the test is over.
                    server.accept();
                } catch (IOException e) {
                    // The test is over.
                }
            });
            thread.start();
            Relay relay = relay("tls://localhost:" + server.getLocalPort() + "?ca=" + dir.resolve("ca.pem"));
            relay.line("INFO", "job", "e", "connects");
            connected.await();
            leaveAlone(relay);
        }
    }

    /** Says more than all buffers hold, then closes. */
    private static void leaveAlone(Relay relay) {
        String text = "x".repeat(8000);
        long began = System.nanoTime();
        for (int k = 0; k < 4000; k++) {
            relay.line("INFO", "job", "e", text);
        }
        relay.close();
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @ParameterizedTest
    @CsvSource({"localhost, true", "loghost.example, false"})
    void should_check_the_name_when_a_certificate_is_shown(String name, boolean fits) throws Exception {
        try (ServerSocket server = tls(name).createServerSocket(0, 5, LOOPBACK);
                Relay relay = relay("tls://localhost:" + server.getLocalPort() + "?ca=" + dir.resolve("ca.pem"))) {
            serve(server);
            relay.line("INFO", "job", "e", "secured");
            if (fits) {
                await().untilAsserted(() -> assertThat(received).anyMatch(line -> line.endsWith("] secured")));
            } else {
                await().untilAsserted(() -> assertThat(said.list)
                        .singleElement()
                        .asString()
                        .contains("cannot be reached", "No subject alternative DNS name matching localhost"));
                assertThat(received).isEmpty();
            }
        }
    }

    /** Sockets that show a certificate with this name, signed by the authority in ca.pem. */
    private ServerSocketFactory tls(String name) throws Exception {
        Path keys = dir.resolve("keys.p12");
        Path authority = dir.resolve("ca.pem");
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, keys);
        keytool("-exportcert", "-alias", "a", "-rfc", "-file", authority, keys);
        KeyStore store = KeyStore.getInstance(keys.toFile(), "secret".toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private void keytool(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        // The key store comes last.
        command.addAll(command.size() - 1, List.of("-storetype", "PKCS12", "-storepass", "secret", "-keystore"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(dir.resolve("keytool.log")))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            quoteCharacter = '"',
            value = {
                "null, does not begin with",
                "\"\", does not begin with",
                "loghost:514, does not begin with",
                "http://loghost, does not begin with",
                "udp://, it is no URI",
                "udp://a b, it is no URI",
                "udp://me@loghost, it is not a host and a port",
                "udp://loghost/log, it is not a host and a port",
                "tcp://loghost:0, its port is not from 1 to 65535",
                "tcp://loghost:65536, its port is not from 1 to 65535",
                "tcp://loghost?ca=x, only tls:// has something after a question mark",
                "tls://loghost?x=y, there may be ca=FILE alone",
                "tls://loghost?ca=/no/such/file, The file /no/such/file with the syslog server's authority cannot be read",
            })
    void should_refuse_what_is_no_server(String uri, String why) {
        assertThatThrownBy(() -> SyslogServer.parse(uri))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(why);
    }

    @Test
    void should_refuse_an_authority_without_a_certificate() throws IOException {
        Path empty = Files.createFile(dir.resolve("empty.pem"));
        assertThatThrownBy(() -> SyslogServer.parse("tls://loghost?ca=" + empty))
                .hasMessageContaining("there is no certificate in " + empty)
                .hasMessageContaining("PEM");
    }

    @Test
    void should_know_the_usual_ports() {
        assertThat(SyslogServer.parse("udp://loghost")).hasToString("udp://loghost:514");
        assertThat(SyslogServer.parse("TLS://[::1]")).hasToString("tls://[::1]:6514");
    }
}
