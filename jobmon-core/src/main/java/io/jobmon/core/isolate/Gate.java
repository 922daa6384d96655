package io.jobmon.core.isolate;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

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
    private final Thread keeper;

    Gate() {
        context.setLinger(0);
        ZMQ.Socket zap = context.createSocket(SocketType.REP);
        zap.bind("inproc://zeromq.zap.01");
        keeper = new Thread(() -> keep(zap), "jobmon-gate-1");
        keeper.setDaemon(true);
        keeper.start();
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
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setReceiveTimeOut(LOOK_MILLIS);
        return socket;
    }

    static void bound(ZMQ.Socket socket) {
        socket.setLinger(0);
        socket.setRcvHWM(WAITING);
        socket.setSndHWM(WAITING);
        socket.setMaxMsgSize(Wire.MAX_MESSAGE);
    }

    void shut(ZMQ.Socket socket) {
        context.destroySocket(socket);
    }

    /** Answers whether a connection may come in: RFC 27 of ZeroMQ (ZAP), mechanism PLAIN. */
    private void keep(ZMQ.Socket zap) {
        try {
            while (true) {
                String version = zap.recvStr();
                String request = zap.recvStr();
                String domain = zap.recvStr();
                zap.recv();
                zap.recv();
                String mechanism = zap.recvStr();
                String user = zap.hasReceiveMore() ? zap.recvStr() : "";
                String password = zap.hasReceiveMore() ? zap.recvStr() : "";
                while (zap.hasReceiveMore()) {
                    zap.recv();
                }
                boolean fine = DOMAIN.equals(domain)
                        && "PLAIN".equals(mechanism)
                        && USER.equals(user)
                        && password != null
                        && tokens.remove(password);
                zap.sendMore(version);
                zap.sendMore(request);
                zap.sendMore(fine ? "200" : "400");
                zap.sendMore(fine ? "OK" : "no");
                zap.sendMore(fine ? USER : "");
                zap.send("");
            }
        } catch (ZMQException e) {
            if (e.getErrorCode() != ZError.ETERM) {
                throw e;
            }
        } finally {
            zap.close();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
