package io.jobmon.core.isolate;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

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
    private static final int KEEPER_MILLIS = 200;
    private static final int WAITING = 1000;
    private static final int HANDSHAKE_MILLIS = 3000;

    /** A monitor looks after its child at least this often. */
    private static final int LOOK_MILLIS = 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ZContext context = new ZContext(1);
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Thread keeper;
    private volatile boolean closed;

    Gate() {
        context.setLinger(0);
        ZMQ.Socket zap = context.createSocket(SocketType.REP);
        zap.setReceiveTimeOut(KEEPER_MILLIS);
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
        while (!closed) {
            ZMsg question = ZMsg.recvMsg(zap);
            if (question != null) {
                answer(question).send(zap);
            }
        }
        context.destroySocket(zap);
    }

    private ZMsg answer(ZMsg question) {
        String version = question.popString();
        String request = question.popString();
        String domain = question.popString();
        question.pop();
        question.pop();
        String mechanism = question.popString();
        String user = question.popString();
        String password = question.popString();
        boolean fine = DOMAIN.equals(domain)
                && "PLAIN".equals(mechanism)
                && USER.equals(user)
                && password != null
                && tokens.remove(password);
        ZMsg answer = new ZMsg();
        answer.add(version);
        answer.add(request);
        answer.add(fine ? "200" : "400");
        answer.add(fine ? "OK" : "no");
        answer.add(fine ? USER : "");
        answer.add("");
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (keeper.isAlive()) {
            try {
                keeper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        context.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
