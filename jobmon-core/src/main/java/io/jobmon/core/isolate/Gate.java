package io.jobmon.core.isolate;

import io.jobmon.core.base.Doorkeeper;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Where children connect: a socket for each child on a free port of the loopback. A token opens it once, so that neither a
 * stranger nor a recorded greeting gets through the handshake; who does not, cannot send a message.
 *
 * <p>Thread safety: any number of threads; a socket is for the thread that opened it.
 */
final class Gate implements AutoCloseable {

    static final String DOMAIN = "jobmon";
    static final String USER = "child";

    private static final int TOKEN_BYTES = 24;
    private static final int WAITING = 1000;
    private static final int HANDSHAKE_MILLIS = 3000;

    /** A monitor looks after its child at least this often. */
    private static final int LOOK_MILLIS = 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ZContext context = new ZContext(1);
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Doorkeeper doorkeeper;

    Gate() {
        context.setLinger(0);
        doorkeeper = new Doorkeeper(context, "jobmon-gate-1", this::knows);
    }

    /** A password that lets one connection in. */
    String token() {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        tokens.add(token);
        return token;
    }

    void forget(String token) {
        tokens.remove(token);
    }

    /** Opens a socket for one child; bind it. */
    ZMQ.Socket open() {
        ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
        bound(socket);
        socket.setPlainServer(true);
        socket.setZapDomain(DOMAIN);
        socket.setReceiveTimeOut(LOOK_MILLIS);
        return socket;
    }

    /**
     * Bounds what either side waits for and keeps. JeroMQ 0.6 leaves about one new connection in twenty without a word from its
     * client; only a client that gives up its handshake, and does so long before the 30 s that are usual, begins anew.
     */
    static void bound(ZMQ.Socket socket) {
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setLinger(0);
        socket.setRcvHWM(WAITING);
        socket.setSndHWM(WAITING);
        socket.setMaxMsgSize(Wire.MAX_MESSAGE);
    }

    void shut(ZMQ.Socket socket) {
        context.destroySocket(socket);
    }

    private boolean knows(Doorkeeper.Guest guest) {
        return guest.comesBy("PLAIN", DOMAIN, 2)
                && USER.equals(text(guest.credentials().get(0)))
                && tokens.remove(text(guest.credentials().get(1)));
    }

    private static String text(byte[] credential) {
        return new String(credential, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        doorkeeper.close();
        context.close();
    }
}
