package io.jobmon.core.telemetry;

import io.jobmon.JobMonException;
import io.jobmon.LogLine;
import io.jobmon.Monitor;
import io.jobmon.ProgressLine;
import io.jobmon.core.base.Doorkeeper;
import io.jobmon.core.base.Threads;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Where workers connect: it stands in Redis as long as it lives. */
public final class Collector implements Monitor {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String DOMAIN = "jobmon";
    private static final int KEY_BYTES = 32;
    private static final int WAITING = 64;
    private static final int LOOK_MILLIS = 50;
    private static final int HANDSHAKE_MILLIS = 3000;
    private static final int BACKLOG = 1024;

    private final Queue lane;
    private final Guests guests;
    private final ZContext context = new ZContext(1);
    private final Doorkeeper doorkeeper;
    private final ZMQ.Socket socket;
    private final Address address;
    private final Thread reader;
    private final Thread crier;
    private final List<Consumer<? super LogLine>> lines = new CopyOnWriteArrayList<>();
    private final List<Consumer<? super ProgressLine>> progress = new CopyOnWriteArrayList<>();
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private final Accounts accounts = new Accounts();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable String complained;

    private Collector(Queue lane, Duration lease) {
        this.lane = lane;
        this.guests = new Guests(lane, lease);
        ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
        InetAddress own = lane.facing();
        String host = own.getHostAddress();
        boolean six = host.indexOf(':') >= 0;
        context.setLinger(0);
        doorkeeper = new Doorkeeper(context, "jobmon-monitor-3", this::knows);
        socket = context.createSocket(SocketType.ROUTER);
        bound(keys, six);
        String endpoint = "tcp://" + (six ? '[' + host + ']' : host);
        try {
            int port = socket.bindToRandomPort(endpoint);
            address = new Address(UUID.randomUUID().toString(), endpoint + ':' + port, keys.publicKey);
        } catch (ZMQException e) {
            doorkeeper.close();
            context.close();
            throw new JobMonException(
                    "No socket can be opened on " + host + ", this machine's address towards Redis: " + e.getMessage()
                            + "; look at the limits of open files and at who may listen there.",
                    e);
        }
        reader = new Thread(this::read, "jobmon-monitor-1");
        reader.setDaemon(true);
        crier = new Thread(this::cry, "jobmon-monitor-2");
        crier.setDaemon(true);
    }

    private boolean knows(Doorkeeper.Guest guest) {
        return guest.comesBy("CURVE", DOMAIN, 1)
                && guest.credentials().get(0).length == KEY_BYTES
                && guests.knows(ZMQ.Curve.z85Encode(guest.credentials().get(0)));
    }

    private void bound(ZMQ.Curve.KeyPair keys, boolean six) {
        socket.setLinger(0);
        socket.setRcvHWM(WAITING);
        socket.setMaxMsgSize(Packet.MOST_BYTES);
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.setSndHWM(WAITING);
        socket.setBacklog(BACKLOG);
        socket.setReceiveTimeOut(LOOK_MILLIS);
        socket.setIPv6(six);
        socket.setZapDomain(DOMAIN);
        socket.setCurveServer(true);
        socket.setCurvePublicKey(keys.publicKey.getBytes(StandardCharsets.US_ASCII));
        socket.setCurveSecretKey(keys.secretKey.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Begins to listen.
     *
     * @param any any lane; the collector opens its own
     * @param lease how long a worker may be silent
     * @return the collector, when the workers that live have connected, or have had the time to
     * @throws JobMonException if Redis is out of reach, or no socket can be opened
     */
    public static Collector open(Queue any, Duration lease) {
        Queue lane = any.lane(PATIENCE);
        try {
            Collector collector = new Collector(lane, lease);
            collector.start();
            return collector;
        } catch (RuntimeException e) {
            lane.close();
            throw e;
        }
    }

    private void start() {
        reader.start();
        try {
            awaited.addAll(guests.living());
            lane.collectors().announce(address.id(), address.json());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        crier.start();
        long until = System.nanoTime() + GREETING_NANOS;
        try {
            while (!awaited.isEmpty() && System.nanoTime() < until && !end.await(5, TimeUnit.MILLISECONDS)) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says in Redis that it is there, until it is not. */
    private void cry() {
        boolean said = false;
        try {
            while (!end.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    lane.collectors().announce(address.id(), address.json());
                    said = false;
                } catch (QueueException e) {
                    if (!said) {
                        LOG.warn("Redis is out of reach, so that workers do not find this monitor: {}", e.getMessage());
                        said = true;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        while (end.getCount() > 0) {
            byte[] from = socket.recv();
            if (from != null) {
                byte[] head = next();
                byte[] body = next();
                while (socket.hasReceiveMore()) {
                    socket.recv();
                }
                try {
                    take(from, Packet.read(head, body));
                } catch (RuntimeException e) {
                    LOG.warn("What a worker said is not understood and left out; the next is heard all the same.", e);
                }
            }
        }
        context.destroySocket(socket);
    }

    private byte[] next() {
        byte[] part = socket.hasReceiveMore() ? socket.recv() : null;
        return part == null ? new byte[0] : part;
    }

    private void take(byte[] from, Packet packet) {
        if (packet.worker().isEmpty()) {
            return;
        }
        // First, for the worker makes its connection anew if it hears nothing, and a consumer may take its time.
        if (socket.send(from, ZMQ.DONTWAIT | ZMQ.SNDMORE)) {
            socket.send(Long.toString(packet.total()), ZMQ.DONTWAIT);
        }
        awaited.remove(packet.worker());
        accounts.add(
                packet.worker() + ' ' + packet.epoch(),
                packet.total(),
                packet.lines().size() + packet.progress().size());
        packet.lines().forEach(line -> tell(lines, line));
        packet.progress().forEach(line -> tell(progress, line));
    }

    private <T> void tell(List<Consumer<? super T>> consumers, T line) {
        for (Consumer<? super T> consumer : consumers) {
            try {
                consumer.accept(line);
            } catch (RuntimeException | Error e) {
                complain(e);
            }
        }
    }

    private void complain(Throwable e) {
        String what = e.getClass().getName();
        if (!what.equals(complained)) {
            complained = what;
            LOG.warn("A consumer of this monitor has failed; it is told the next line all the same.", e);
        }
    }

    @Override
    public Monitor onLine(Consumer<? super LogLine> consumer) {
        lines.add(required(consumer));
        return this;
    }

    @Override
    public Monitor onProgress(Consumer<? super ProgressLine> consumer) {
        progress.add(required(consumer));
        return this;
    }

    private static <T> T required(@Nullable T consumer) {
        if (consumer == null) {
            throw new JobMonException("The consumer is null; give one, such as System.out::println.");
        }
        return consumer;
    }

    @Override
    public long lost() {
        return accounts.lost();
    }

    /**
     * Whether it was closed.
     *
     * @return true if so
     */
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        end.countDown();
        try {
            lane.collectors().withdraw(address.id());
        } catch (RuntimeException e) {
            LOG.debug("The monitor could not be taken out of Redis.", e);
        }
        if (Thread.currentThread() != reader) {
            Threads.awaitEnd(reader);
        }
        Threads.awaitEnd(crier);
        doorkeeper.close();
        context.close();
        lane.close();
    }
}
