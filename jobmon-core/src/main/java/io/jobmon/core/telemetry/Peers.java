package io.jobmon.core.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A worker's connections to those who listen: one for each, so that a slow one costs the others nothing. For one thread. */
final class Peers implements AutoCloseable {

    /** As many batches wait for a slow one. */
    private static final int WAITING = 32;

    private static final int HEARTBEAT_MILLIS = 2000;
    private static final int SILENCE_MILLIS = 10_000;
    private static final int LONGEST_PAUSE_MILLIS = 5000;

    private final ZMQ.Curve.KeyPair keys;
    private final String worker;
    private final String host;
    private final ZContext context = new ZContext(1);
    private final Map<Address, Peer> peers = new HashMap<>();

    private static final class Peer {
        final ZMQ.Socket socket;
        long lost;

        Peer(ZMQ.Socket socket) {
            this.socket = socket;
        }
    }

    Peers(ZMQ.Curve.KeyPair keys, String worker, String host) {
        this.keys = keys;
        this.worker = worker;
        this.host = host;
        context.setLinger(0);
    }

    /** Connects to those that are new and leaves those that are gone. */
    void set(Collection<Address> wanted) {
        Set<Address> gone = new HashSet<>(peers.keySet());
        gone.removeAll(wanted);
        for (Address address : gone) {
            Peer peer = peers.remove(address);
            if (peer != null) {
                context.destroySocket(peer.socket);
            }
        }
        for (Address address : wanted) {
            if (!peers.containsKey(address)) {
                Peer peer = new Peer(connect(address));
                peers.put(address, peer);
                // So that it knows this worker is there.
                send(peer, List.of(), Packet.body(List.of()), 0);
            }
        }
    }

    private ZMQ.Socket connect(Address address) {
        ZMQ.Socket socket = context.createSocket(SocketType.PUSH);
        socket.setLinger(0);
        socket.setSndHWM(WAITING);
        socket.setReconnectIVL(100);
        socket.setReconnectIVLMax(LONGEST_PAUSE_MILLIS);
        socket.setHeartbeatIvl(HEARTBEAT_MILLIS);
        socket.setHeartbeatTimeout(SILENCE_MILLIS);
        socket.setMaxMsgSize(1024);
        socket.setIPv6(address.endpoint().startsWith("tcp://["));
        socket.setCurvePublicKey(keys.publicKey.getBytes(StandardCharsets.US_ASCII));
        socket.setCurveSecretKey(keys.secretKey.getBytes(StandardCharsets.US_ASCII));
        socket.setCurveServerKey(address.key().getBytes(StandardCharsets.US_ASCII));
        socket.connect(address.endpoint());
        return socket;
    }

    /** Sends to all, without waiting. */
    void send(List<Entry> batch, long lostBefore) {
        byte[] body = Packet.body(batch);
        peers.values().forEach(peer -> send(peer, batch, body, lostBefore));
    }

    private void send(Peer peer, List<Entry> batch, byte[] body, long lostBefore) {
        byte[] head = Packet.head(worker, host, lostBefore + peer.lost);
        boolean sent = peer.socket.send(head, ZMQ.DONTWAIT | ZMQ.SNDMORE);
        // Once the first part is taken the whole message is.
        if (!sent || !peer.socket.send(body, ZMQ.DONTWAIT)) {
            peer.lost += batch.size();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
