package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.RedisProtocolException;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server: checked once, then lanes to it.
 *
 * <p>Thread safety: any number of threads.
 */
public final class QueueServer implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int TRIES = 5;
    private static final int WAITING_COMMANDS = 16_384;

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI address;
    private final Keys keys;
    private @Nullable Signals signals;

    private QueueServer(ClientResources resources, RedisClient client, RedisURI address, Keys keys) {
        this.resources = resources;
        this.client = client;
        this.address = address;
        this.keys = keys;
    }

    /**
     * Prepares a client. Connects nothing yet.
     *
     * @param uri where the server is
     * @param namespace the prefix of all keys
     * @param lease how long a worker may be silent: reconnects come faster than that
     * @return the server; close it
     * @throws JobMonException if the URI is none
     */
    public static QueueServer at(String uri, String namespace, Duration lease) {
        RedisURI parsed = parse(uri);
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .reconnectDelay(Delay.fullJitter(Duration.ofMillis(5), lease.dividedBy(3), 20, TimeUnit.MILLISECONDS))
                .build();
        RedisClient client = new AsyncClient(resources, parsed);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build())
                .build());
        return new QueueServer(resources, client, parsed, new Keys(namespace));
    }

    /**
     * Loads the client library's classes, which takes longer than anything else in a young JVM.
     *
     * @param lease how long a worker may be silent
     */
    public static void warm(Duration lease) {
        QueueServer server = at("redis://127.0.0.1", "warm", lease);
        server.close();
    }

    private static RedisURI parse(String uri) {
        if (!uri.matches("(?s)redis(s|-sentinel|s-sentinel)?://.+")) {
            throw new JobMonException("The Redis URI does not begin with redis:// or rediss://; give one such as"
                    + " redis://:password@host:6379.");
        }
        String authority = uri.substring(uri.indexOf("://") + 3).split("[/?#]", 2)[0];
        if (authority.indexOf('@') < 0 && uri.indexOf('@') >= 0) {
            throw unreadable();
        }
        try {
            RedisURI parsed = RedisURI.create(uri);
            if (parsed.getHost() != null
                    && URI.create(uri).getHost() == null
                    && !parsed.getHost().matches("[\\w.-]+")) {
                throw unreadable();
            }
            parsed.setTimeout(CONNECT);
            parsed.setClientName("jobmon");
            return parsed;
        } catch (IllegalArgumentException e) {
            // Its message may hold the URI with the password, so it is not passed on.
            throw unreadable();
        }
    }

    private static JobMonException unreadable() {
        return new JobMonException("The Redis URI cannot be read; give one such as redis://:password@host:6379, and"
                + " write special characters of the password in percent form (@ is %40).");
    }

    /**
     * Connects for the first time and checks the server.
     *
     * @param uri where the server is
     * @param local whether it is a server of our own, about which there is nothing to say
     * @return what should be said about it, one line each
     * @throws JobMonException if it is out of reach or not fit
     */
    public List<String> check(String uri, boolean local) {
        RedisURI parsed = parse(uri);
        for (int left = TRIES; ; left--) {
            try (RedisLink link = new RedisLink(client, CONNECT)) {
                return new Preflight(link, keys, parsed, local).check();
            } catch (RedisConnectionException e) {
                // When a server refuses a password, Lettuce may see the end of the connection before the reason.
                if (left == 1 || !root(e).contains("closed prematurely")) {
                    throw new JobMonException(refusal(parsed, e), e);
                }
            }
        }
    }

    private static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static String refusal(RedisURI uri, RedisConnectionException e) {
        String where = uri.getHost() == null ? "Redis" : "Redis at " + uri.getHost() + ":" + uri.getPort();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisProtocolException) {
                return "What answers as " + where
                        + " is no Redis; correct the address, or if this server wants TLS, begin the"
                        + " URI with rediss://.";
            }
            String message = String.valueOf(cause.getMessage());
            if (message.contains("WRONGPASS") || message.contains("invalid password")) {
                return where + " refuses the user or the password in the URI; correct it.";
            }
            if (message.contains("NOAUTH")) {
                return where + " wants a password; put it into the URI: redis://:password@host:port.";
            }
        }
        return where + " cannot be reached (" + root(e)
                + "); check the address, that the server runs, and that no firewall is between.";
    }

    /**
     * Opens a lane.
     *
     * @param patience how long its calls are repeated while Redis is out of reach
     * @return the lane; close it
     * @throws QueueException if the server cannot be reached now
     */
    public Queue lane(Duration patience) {
        try {
            return new Queue(this, new RedisLink(client, patience), keys);
        } catch (RedisConnectionException e) {
            throw new QueueException(refusal(address, e), e);
        }
    }

    synchronized Signals signals() {
        if (signals == null) {
            try {
                signals = new Signals(client, keys);
            } catch (RedisException e) {
                throw new QueueException("Redis cannot be reached to listen for messages; check that it runs.", e);
            }
        }
        return signals;
    }

    /** Connecting a datagram socket sends nothing, but finds the way. */
    InetAddress facing() {
        try (DatagramSocket socket = new DatagramSocket()) {
            RedisURI server =
                    address.getHost() == null && !address.getSentinels().isEmpty()
                            ? address.getSentinels().get(0)
                            : address;
            socket.connect(InetAddress.getByName(server.getHost()), server.getPort());
            InetAddress own = socket.getLocalAddress();
            return own.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : own;
        } catch (IOException | UncheckedIOException e) {
            throw new QueueException("The way to Redis cannot be found; check the network and the server's name.", e);
        }
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
