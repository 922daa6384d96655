package io.jobmon.core.isolate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A child's two connections to its parent.
 *
 * <p>Concurrency: the work socket is for the thread that runs experiments. The side socket is for a thread of its own, which
 * others ask through a queue in the same process.
 */
final class ChildLink {

    private static final long BEAT_MILLIS = 1000;
    private static final String ASK = "inproc://ask";

    private final ZContext context = new ZContext(1);
    private final String address;
    private final ZMQ.Socket work;
    private final ZMQ.Socket ask;
    private final Object asking = new Object();
    private volatile @Nullable Asked answer;
    private volatile Cancelled cancelled = run -> {};

    /** What is asked: the answer begins as the question does, with its kind and its run. */
    private record Asked(byte[] question, CompletableFuture<byte[]> future) {}

    /** Told which run is no longer wanted. */
    interface Cancelled {
        void run(long run);
    }

    ChildLink(int port, String workToken, String sideToken) {
        context.setLinger(0);
        address = "tcp://127.0.0.1:" + port;
        ZMQ.Socket asked = context.createSocket(SocketType.PULL);
        asked.bind(ASK);
        ask = context.createSocket(SocketType.PUSH);
        ask.connect(ASK);
        work = connect(Wire.WORK, workToken);
        ZMQ.Socket side = connect(Wire.SIDE, sideToken);
        Thread thread = new Thread(() -> side(side, asked), "jobmon-side-1");
        thread.setDaemon(true);
        thread.start();
    }

    private ZMQ.Socket connect(String name, String token) {
        ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
        Gate.bound(socket);
        socket.setPlainUsername(Gate.USER);
        socket.setPlainPassword(token);
        socket.setIdentity(name.getBytes(StandardCharsets.US_ASCII));
        socket.connect(address);
        return socket;
    }

    void onCancel(Cancelled listener) {
        cancelled = listener;
    }

    byte[] receive() {
        return work.recv();
    }

    void send(byte[] message) {
        work.send(message);
    }

    private void side(ZMQ.Socket side, ZMQ.Socket asked) {
        try (ZMQ.Poller poller = context.createPoller(2)) {
            int fromParent = poller.register(side, ZMQ.Poller.POLLIN);
            int fromHere = poller.register(asked, ZMQ.Poller.POLLIN);
            byte[] beat = Wire.message(Wire.BEAT, 0);
            long beatAt = System.nanoTime();
            while (true) {
                long wait = (beatAt - System.nanoTime()) / 1_000_000;
                if (wait <= 0) {
                    side.send(beat);
                    beatAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
                    wait = BEAT_MILLIS;
                }
                poller.poll(wait);
                if (poller.pollin(fromHere)) {
                    side.send(asked.recv());
                }
                if (poller.pollin(fromParent)) {
                    heard(side.recv());
                }
            }
        }
    }

    private void heard(byte[] message) {
        if (message[0] == Wire.CANCEL) {
            cancelled.run(java.nio.ByteBuffer.wrap(message, 1, Long.BYTES).getLong());
        } else {
            Asked waiting = answer;
            if (waiting != null && Arrays.equals(message, 0, Wire.HEAD, waiting.question, 0, Wire.HEAD)) {
                waiting.future.complete(message);
            }
        }
    }

    /** Sends beside the work. */
    void tell(byte[] message) {
        synchronized (ask) {
            ask.send(message);
        }
    }

    /** Sends beside the work and waits for the answer. */
    byte[] ask(byte[] message) throws InterruptedException {
        synchronized (asking) {
            CompletableFuture<byte[]> waiting = new CompletableFuture<>();
            answer = new Asked(message, waiting);
            tell(message);
            try {
                // As long as it takes: a worker that is gone ends this JVM anyway.
                return waiting.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The worker does not answer.", e);
            } finally {
                answer = null;
            }
        }
    }
}
