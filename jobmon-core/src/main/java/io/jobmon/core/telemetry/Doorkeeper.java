package io.jobmon.core.telemetry;

import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/**
 * Lets in whom it knows by its key, and nobody else: RFC 27 of ZeroMQ (ZAP), mechanism CURVE. It has a thread of its own.
 */
final class Doorkeeper implements AutoCloseable {

    private static final int LOOK_MILLIS = 200;
    private static final int KEY_BYTES = 32;

    private final Predicate<String> known;
    private final ZContext context;
    private final Thread thread;
    private volatile boolean closed;

    Doorkeeper(ZContext context, Predicate<String> known) {
        this.context = context;
        this.known = known;
        ZMQ.Socket questions = context.createSocket(SocketType.REP);
        questions.setReceiveTimeOut(LOOK_MILLIS);
        questions.bind("inproc://zeromq.zap.01");
        thread = new Thread(() -> keep(questions), "jobmon-monitor-3");
        thread.setDaemon(true);
        thread.start();
    }

    private void keep(ZMQ.Socket questions) {
        while (!closed) {
            ZMsg question = ZMsg.recvMsg(questions);
            if (question != null) {
                answer(question).send(questions);
            }
        }
        context.destroySocket(questions);
    }

    private ZMsg answer(ZMsg question) {
        String version = question.popString();
        String request = question.popString();
        question.pop();
        question.pop();
        question.pop();
        String mechanism = question.popString();
        byte[] key = question.isEmpty() ? new byte[0] : question.pop().getData();
        boolean fine = "CURVE".equals(mechanism) && key.length == KEY_BYTES && known.test(ZMQ.Curve.z85Encode(key));
        ZMsg answer = new ZMsg();
        answer.add(version);
        answer.add(request);
        answer.add(fine ? "200" : "400");
        answer.add(fine ? "OK" : "no");
        answer.add("");
        answer.add("");
        return answer;
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
