package io.jobmon.core.telemetry;

import io.jobmon.core.queue.Queue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;

/**
 * What a worker says to whoever listens: never waits, keeps little, counts what it leaves out. As long as nobody listens and
 * no syslog server is set, it costs one look at Redis with each heartbeat, and saying something costs one read of a field.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Relay implements AutoCloseable {

    /** Says nothing. */
    public static final Relay SILENT = new Relay("", "", null);

    /** At least so long from one packet to the next: what a packet costs is taken from the experiments' cores. */
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    /** What fills no packet waits so long for more, which is soon enough for people. */
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long LOOK_MILLIS = 100;
    private static final long END_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final String worker;
    private final String host;
    private final @Nullable Syslog syslog;
    private final Backlog backlog = new Backlog();
    private volatile Set<Address> listeners = Set.of();
    private volatile boolean heard;
    private volatile boolean closed;
    private ZMQ.Curve.@Nullable KeyPair keys;
    private @Nullable Thread sender;

    private Relay(String worker, String host, @Nullable Syslog syslog) {
        this.worker = worker;
        this.host = host;
        this.syslog = syslog;
        this.heard = syslog != null;
    }

    /**
     * Makes a worker's relay.
     *
     * @param worker the worker's id
     * @param host its host
     * @param server a syslog server
     * @return the relay; close it
     */
    public static Relay of(String worker, String host, Optional<SyslogServer> server) {
        return new Relay(
                worker, host, server.map(to -> new Syslog(to, worker, host)).orElse(null));
    }

    /**
     * Whether anybody listens.
     *
     * @return false if what is said is lost for sure
     */
    public boolean heard() {
        return heard;
    }

    /**
     * Says a line.
     *
     * @param level its level
     * @param job the job's name, or empty
     * @param experiment the experiment's id, or empty
     * @param text what it says
     */
    public void line(String level, String job, String experiment, String text) {
        line(System.currentTimeMillis(), level, job, experiment, text);
    }

    void line(long millis, String level, String job, String experiment, String text) {
        if (heard) {
            Entry entry = Entry.line(millis, level, job, experiment, text);
            if (!listeners.isEmpty()) {
                backlog.add(entry);
            }
            if (syslog != null) {
                syslog.add(entry);
            }
        }
    }

    /**
     * Says how far an experiment is.
     *
     * @param job the job's name
     * @param experiment the experiment's id
     * @param fraction 0 to 1
     */
    public void progress(String job, String experiment, double fraction) {
        if (heard && !listeners.isEmpty()) {
            backlog.add(Entry.progress(System.currentTimeMillis(), job, experiment, fraction));
        }
    }

    /**
     * The key by which listeners know this worker, to be shown in Redis.
     *
     * @return Z85, empty as long as nobody has listened
     */
    public synchronized String key() {
        return keys == null ? "" : keys.publicKey;
    }

    /**
     * Looks for listeners, before a heartbeat that shows the {@link #key}.
     *
     * @param lane a lane
     * @return the listeners, to be given to {@link #connect} after the heartbeat
     */
    public Found look(Queue lane) {
        List<Address> found = new ArrayList<>();
        lane.collectors().live().forEach((id, json) -> Address.read(id, json).ifPresent(found::add));
        synchronized (this) {
            if (!found.isEmpty() && keys == null) {
                keys = ZMQ.Curve.generateKeyPair();
            }
        }
        return new Found(found);
    }

    /** Who listens. */
    public static final class Found {

        /** Nobody. */
        public static final Found NOBODY = new Found(Set.of());

        private final Set<Address> listeners;

        private Found(Collection<Address> listeners) {
            this.listeners = Set.copyOf(listeners);
        }
    }

    /**
     * Says from now on what there is to say to these.
     *
     * @param found who listens
     */
    public synchronized void connect(Found found) {
        if (closed || found.listeners.equals(listeners)) {
            return;
        }
        listeners = found.listeners;
        heard = syslog != null || !listeners.isEmpty();
        ZMQ.Curve.KeyPair known = keys;
        if (sender == null && known != null) {
            Thread thread = new Thread(() -> send(known), "jobmon-relay-1");
            thread.setDaemon(true);
            sender = thread;
            thread.start();
        }
    }

    private void send(ZMQ.Curve.KeyPair pair) {
        try (Peers peers = new Peers(pair, worker, host)) {
            Set<Address> connected = Set.of();
            long sent = System.nanoTime() - LONGEST_PAUSE;
            while (true) {
                Set<Address> wanted = listeners;
                if (!wanted.equals(connected)) {
                    peers.set(wanted, backlog.lost());
                    connected = wanted;
                }
                Entry first = backlog.poll(closed ? 0 : LOOK_MILLIS);
                if (first != null) {
                    gather(sent);
                    List<Entry> batch = new ArrayList<>(List.of(first));
                    backlog.drain(batch, Packet.ENTRIES, Packet.CHARACTERS);
                    peers.send(batch, backlog.lost());
                    sent = System.nanoTime();
                }
                peers.tend(backlog.lost());
                if (first == null && closed) {
                    // What was handed over a moment ago is still on its way.
                    Thread.sleep(wanted.isEmpty() ? 0 : LOOK_MILLIS);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            synchronized (this) {
                listeners = Set.of();
                heard = syslog != null;
                sender = null;
            }
            LOG.warn("This worker tells nobody what it does until it looks again: {}", e.toString());
        }
    }

    /** Waits until it is worth a packet. */
    private void gather(long sent) {
        while (!closed) {
            long passed = System.nanoTime() - sent;
            if (passed >= LONGEST_PAUSE
                    || passed >= SHORTEST_PAUSE && backlog.fills(Packet.ENTRIES, Packet.CHARACTERS)) {
                return;
            }
            LockSupport.parkNanos(SHORTEST_PAUSE);
        }
    }

    /** Sends what waits, for half a second at most. */
    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ending = sender;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (ending != null) {
                LockSupport.unpark(ending);
                ending.join(END_MILLIS);
                ending.interrupt();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        heard = false;
        if (syslog != null) {
            syslog.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
