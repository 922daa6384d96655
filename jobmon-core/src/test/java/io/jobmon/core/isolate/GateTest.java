package io.jobmon.core.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Strangers before the gate, and one who has the token. */
@Timeout(60)
class GateTest {

    private static final byte[] FORGED = Wire.message(Wire.RESULT, 1, out -> out.writeByte(0));
    private static final byte[] GENUINE = Wire.message(Wire.READY, 7);

    private final ZContext strangers = new ZContext(1);
    private Gate gate;
    private ZMQ.Socket socket;
    private int port;

    @BeforeEach
    void open() {
        gate = new Gate();
        socket = gate.open();
        port = socket.bindToRandomPort("tcp://127.0.0.1", 20_000, 60_000);
    }

    @AfterEach
    void shut() {
        strangers.close();
        gate.shut(socket);
        gate.close();
    }

    private ZMQ.Socket client(int at, String user, String password) {
        ZMQ.Socket client = strangers.createSocket(SocketType.DEALER);
        Gate.bound(client);
        if (password != null) {
            client.setPlainUsername(user);
            client.setPlainPassword(password);
        }
        client.setIdentity(Wire.WORK.getBytes(StandardCharsets.US_ASCII));
        client.connect("tcp://127.0.0.1:" + at);
        return client;
    }

    /** What arrives first, whoever sent it. */
    private byte[] first() {
        while (true) {
            if (socket.recv() != null) {
                return socket.recv();
            }
        }
    }

    private void assertOnlyTheGenuineComes() {
        client(port, Gate.USER, gate.token()).send(GENUINE);
        assertThat(first()).isEqualTo(GENUINE);
        for (int look = 0; look < 10; look++) {
            assertThat(socket.recv()).isNull();
        }
    }

    @Test
    void should_hear_nothing_when_a_stranger_has_no_token() {
        client(port, Gate.USER, null).send(FORGED);
        client(port, Gate.USER, "").send(FORGED);
        client(port, Gate.USER, "0".repeat(48)).send(FORGED);
        client(port, "other", gate.token()).send(FORGED);

        assertOnlyTheGenuineComes();
    }

    @Test
    void should_hear_nothing_when_a_token_was_used_before() {
        String token = gate.token();
        client(port, Gate.USER, token).send(GENUINE);
        assertThat(first()).isEqualTo(GENUINE);

        // Under another name, as a second socket of the same name is turned away anyway.
        ZMQ.Socket second = strangers.createSocket(SocketType.DEALER);
        Gate.bound(second);
        second.setPlainUsername(Gate.USER);
        second.setPlainPassword(token);
        second.setIdentity("other".getBytes(StandardCharsets.US_ASCII));
        second.connect("tcp://127.0.0.1:" + port);
        second.send(FORGED);

        for (int look = 0; look < 30; look++) {
            assertThat(socket.recv()).isNull();
        }
    }

    @Test
    void should_hear_nothing_when_a_recorded_conversation_is_replayed() throws Exception {
        byte[] recorded;
        try (Proxy proxy = new Proxy(port)) {
            client(proxy.port(), Gate.USER, gate.token()).send(GENUINE);
            assertThat(first()).isEqualTo(GENUINE);
            recorded = proxy.recorded();
        }
        assertThat(recorded.length).isGreaterThan(64 + GENUINE.length);

        send(recorded);

        assertOnlyTheGenuineComes();
    }

    /** Between a child and its monitor; remembers what the child said in the last of its connections. */
    private static final class Proxy implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private volatile ByteArrayOutputStream recorded = new ByteArrayOutputStream();

        Proxy(int monitor) throws IOException {
            new Thread(() -> accept(monitor)).start();
        }

        private void accept(int port) {
            try {
                while (true) {
                    Socket child = server.accept();
                    Socket monitor = new Socket(InetAddress.getLoopbackAddress(), port);
                    sockets.addAll(List.of(child, monitor));
                    ByteArrayOutputStream said = new ByteArrayOutputStream();
                    recorded = said;
                    new Thread(() -> copy(monitor, child, null)).start();
                    new Thread(() -> copy(child, monitor, said)).start();
                }
            } catch (IOException e) {
                // The test is over.
            }
        }

        int port() {
            return server.getLocalPort();
        }

        byte[] recorded() {
            return recorded.toByteArray();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Ends both connections when one has ended. */
    private static void copy(Socket from, Socket to, OutputStream also) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[4096];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (also != null) {
                    also.write(chunk, 0, n);
                }
                out.write(chunk, 0, n);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void send(byte[] bytes) throws IOException {
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
            stranger.setSoTimeout(2000);
            stranger.getOutputStream().write(bytes);
            stranger.getOutputStream().flush();
            stranger.getInputStream().readNBytes(1);
        } catch (java.net.SocketException | java.net.SocketTimeoutException e) {
            // Refused, or left to wait: both are fine.
        }
    }

    enum Bytes {
        /** The greeting of ZMTP 1.0: a length and an identity; then a message. */
        OLD_GREETING {
            @Override
            byte[] get() {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(1);
                out.write(0);
                out.write(FORGED.length + 1);
                out.write(0);
                out.writeBytes(FORGED);
                return out.toByteArray();
            }
        },
        /** The greeting of ZMTP 2.0, which knows no mechanism; then a message. */
        GREETING_WITHOUT_MECHANISM {
            @Override
            byte[] get() {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(new byte[] {(byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 5, 0, 0});
                out.write(0);
                out.write(FORGED.length);
                out.writeBytes(FORGED);
                return out.toByteArray();
            }
        },
        /** A greeting of ZMTP 3 with mechanism PLAIN, then a frame that says it has a gigabyte. */
        HUGE_FRAME {
            @Override
            byte[] get() {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(new byte[] {(byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0});
                byte[] mechanism = java.util.Arrays.copyOf("PLAIN".getBytes(StandardCharsets.US_ASCII), 20);
                out.writeBytes(mechanism);
                out.writeBytes(new byte[32]);
                out.writeBytes(new byte[] {6, 0, 0, 0, 0, 0x40, 0, 0, 0});
                out.writeBytes(new byte[100_000]);
                return out.toByteArray();
            }
        },
        NOISE {
            @Override
            byte[] get() {
                byte[] noise = new byte[100_000];
                new Random(4).nextBytes(noise);
                return noise;
            }
        },
        NOTHING {
            @Override
            byte[] get() {
                return new byte[0];
            }
        };

        abstract byte[] get();
    }

    @ParameterizedTest
    @EnumSource
    void should_hear_nothing_when_a_stranger_sends(Bytes bytes) throws Exception {
        for (int i = 0; i < 3; i++) {
            send(bytes.get());
        }

        assertOnlyTheGenuineComes();
    }

    @Test
    void should_refuse_what_is_too_large_even_from_a_child() {
        ZMQ.Socket child = client(port, Gate.USER, gate.token());
        child.send(GENUINE);
        assertThat(first()).isEqualTo(GENUINE);

        child.send(new byte[Wire.MAX_MESSAGE + 1]);

        for (int look = 0; look < 30; look++) {
            assertThat(socket.recv()).isNull();
        }
    }
}
