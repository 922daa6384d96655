package io.jobmon.core.base;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMsg;

/**
 * Lets connections into the sockets of a ZeroMQ context, or not: the handler of RFC 27 of ZeroMQ (ZAP). It has a thread of
 * its own.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Doorkeeper implements AutoCloseable {

    private static final int LOOK_MILLIS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    private final ZContext context;
    private final Predicate<Guest> known;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Who asks to come in.
     *
     * @param domain that of the socket
     * @param mechanism NULL, PLAIN or CURVE
     * @param credentials as the mechanism has them: user name and password, or a public key
     */
    public record Guest(String domain, String mechanism, List<byte[]> credentials) {

        /**
         * Whether it asks in this way.
         *
         * @param mechanism the mechanism
         * @param domain the domain
         * @param count how many credentials that takes
         * @return true if so
         */
        public boolean comesBy(String mechanism, String domain, int count) {
            return this.mechanism.equals(mechanism) && this.domain.equals(domain) && credentials.size() == count;
        }
    }

    /**
     * Begins; before a socket of the context is bound.
     *
     * @param context the context
     * @param name of the thread
     * @param known whether a guest may come in; asked by that thread
     */
    public Doorkeeper(ZContext context, String name, Predicate<Guest> known) {
        this.context = context;
        this.known = known;
        ZMQ.Socket questions = context.createSocket(SocketType.REP);
        questions.setReceiveTimeOut(LOOK_MILLIS);
        questions.bind("inproc://zeromq.zap.01");
        thread = new Thread(() -> keep(questions), name);
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
        String domain = question.popString();
        // The address and the identity can be forged.
        question.pop();
        question.pop();
        String mechanism = question.popString();
        List<byte[]> credentials = new ArrayList<>();
        question.forEach(frame -> credentials.add(frame.getData()));
        boolean fine = domain != null && mechanism != null && knows(new Guest(domain, mechanism, credentials));
        ZMsg answer = new ZMsg();
        answer.add(version);
        answer.add(request);
        answer.add(fine ? "200" : "400");
        answer.add(fine ? "OK" : "no");
        answer.add("");
        answer.add("");
        return answer;
    }

    /** Whatever goes wrong, a stranger stays out and the next one is looked at. */
    private boolean knows(Guest guest) {
        try {
            return known.test(guest);
        } catch (RuntimeException e) {
            LOG.warn("Who wants to come in cannot be looked up, and stays out.", e);
            return false;
        }
    }

    /** Ends the thread; the context stays. */
    @Override
    public void close() {
        closed = true;
        Threads.awaitEnd(thread);
    }
}
