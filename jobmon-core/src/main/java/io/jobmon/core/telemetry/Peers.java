package io.jobmon.core.telemetry;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A worker's connections to those who listen: one for each, so that a slow one costs the others nothing. For one thread. */
final class Peers implements AutoCloseable {

    private final ZMQ.Curve.KeyPair keys;
    private final String worker;
    private final String host;
    private final ZContext context = new ZContext(1);
    private final Map<Address, Peer> peers = new HashMap<>();

    Peers(ZMQ.Curve.KeyPair keys, String worker, String host) {
        this.keys = keys;
        this.worker = worker;
        this.host = host;
        context.setLinger(0);
    }

    /** Connects to those that are new and leaves those that are gone. */
    void set(Collection<Address> wanted, long leftOut) {
        Set<Address> gone = new HashSet<>(peers.keySet());
        gone.removeAll(wanted);
        for (Address address : gone) {
            Peer peer = peers.remove(address);
            if (peer != null) {
                peer.close();
            }
        }
        for (Address address : wanted) {
            if (!peers.containsKey(address)) {
                Peer peer = new Peer(context, keys, address, System::nanoTime, leftOut);
                peers.put(address, peer);
                // So that it knows this worker is there.
                peer.send(worker, host, List.of(), Packet.body(List.of()), leftOut);
            }
        }
    }

    /** Sends to all, without waiting. */
    void send(List<Entry> batch, long leftOut) {
        byte[] body = Packet.body(batch);
        peers.values().forEach(peer -> peer.send(worker, host, batch, body, leftOut));
    }

    /** Hears what has arrived, and says what was left out to those who do not know it yet. */
    void tend(long leftOut) {
        for (Peer peer : peers.values()) {
            peer.tend(leftOut);
            if (peer.isToBeTold(leftOut)) {
                peer.send(worker, host, List.of(), Packet.body(List.of()), leftOut);
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
