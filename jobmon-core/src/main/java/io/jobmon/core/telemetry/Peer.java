package io.jobmon.core.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A worker's connection to one who listens. What arrives is acknowledged, since JeroMQ (0.6.0) lets one handshake of CurveZMQ in
 * thirty fail for good and says so to nobody: a connection that is not answered is made anew, after a pause that doubles. For one
 * thread.
 */
final class Peer {

    /** As many batches wait for a slow one. */
    private static final int WAITING = 32;

    /** Of an answer; those of the handshake are longer than a number. */
    private static final int MOST_BYTES = 1024;

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long REMINDER = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final ZContext context;
    private final ZMQ.Curve.KeyPair keys;
    private final Address address;
    private final LongSupplier clock;
    private final long base;

    /** Tells this account from others of the same two. */
    private final String epoch = UUID.randomUUID().toString();

    private ZMQ.Socket socket;

    /** How many entries were to be sent so far. */
    private long total;

    private long acknowledged = -1;
    private long waitsSince;
    private long sentAt;
    private boolean owed;
    private long pause = FIRST_PAUSE;

    Peer(ZContext context, ZMQ.Curve.KeyPair keys, Address address, LongSupplier clock, long leftOutBefore) {
        this.context = context;
        this.keys = keys;
        this.address = address;
        this.clock = clock;
        this.base = leftOutBefore;
        this.socket = connect();
    }

    private ZMQ.Socket connect() {
        ZMQ.Socket made = context.createSocket(SocketType.DEALER);
        made.setLinger(0);
        made.setSndHWM(WAITING);
        made.setRcvHWM(WAITING);
        made.setMaxMsgSize(MOST_BYTES);
        made.setIPv6(address.endpoint().startsWith("tcp://["));
        made.setCurvePublicKey(keys.publicKey.getBytes(StandardCharsets.US_ASCII));
        made.setCurveSecretKey(keys.secretKey.getBytes(StandardCharsets.US_ASCII));
        made.setCurveServerKey(address.key().getBytes(StandardCharsets.US_ASCII));
        made.connect(address.endpoint());
        waitsSince = clock.getAsLong();
        return made;
    }

    /** Sends without waiting; what it does not take is left out, which the next that arrives says. */
    void send(String worker, String host, List<Entry> batch, byte[] body, long leftOut) {
        sentAt = clock.getAsLong();
        total += batch.size();
        look(leftOut);
        byte[] head = Packet.head(worker, host, epoch, all(leftOut));
        if (socket.send(head, ZMQ.DONTWAIT | ZMQ.SNDMORE)) {
            // Once the first part is taken the whole message is.
            socket.send(body, ZMQ.DONTWAIT);
        }
    }

    /** How many there were for it so far. */
    private long all(long leftOut) {
        return total + leftOut - base;
    }

    /** Whether something was sent, or left out, that has not arrived, as far as is known. */
    private boolean isOwed(long leftOut) {
        return acknowledged < all(leftOut);
    }

    /** Notes since when something is owed. */
    private void look(long leftOut) {
        boolean now = isOwed(leftOut);
        if (now && !owed) {
            waitsSince = clock.getAsLong();
        }
        owed = now;
    }

    /** Whether it is time to say once more how many there were. */
    boolean isToBeTold(long leftOut) {
        return isOwed(leftOut) && clock.getAsLong() - sentAt > REMINDER;
    }

    /** Hears what has arrived, and makes the connection anew if nothing has for too long. */
    void tend(long leftOut) {
        for (byte[] answer = socket.recv(ZMQ.DONTWAIT); answer != null; answer = socket.recv(ZMQ.DONTWAIT)) {
            acknowledged = Math.max(acknowledged, number(answer));
            waitsSince = clock.getAsLong();
            pause = FIRST_PAUSE;
        }
        look(leftOut);
        if (owed && clock.getAsLong() - waitsSince > pause) {
            context.destroySocket(socket);
            socket = connect();
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
        }
    }

    private static long number(byte[] answer) {
        String text = new String(answer, StandardCharsets.US_ASCII);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    void close() {
        context.destroySocket(socket);
    }
}
