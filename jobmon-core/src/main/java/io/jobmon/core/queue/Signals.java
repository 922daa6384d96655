package io.jobmon.core.queue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;

/**
 * Messages from other programs: hints that something is worth a look, never more. They may be lost.
 *
 * <p>Thread safety: any number of threads. Listeners run on a thread of the connection and must not wait.
 */
public final class Signals implements AutoCloseable {

    private final Keys keys;
    private final StatefulRedisPubSubConnection<String, byte[]> connection;
    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();

    /** Told about messages. */
    public interface Listener {

        /**
         * New work.
         *
         * @param base the hash of the job's code
         * @param amount how many experiments
         */
        default void work(String base, long amount) {}

        /**
         * Something happened to a sweep.
         *
         * @param sweep the sweep
         * @param what complete, paused or cancelled
         */
        default void event(String sweep, String what) {}

        /** Somebody listens to the workers now, or does not any more. */
        default void monitored() {}
    }

    Signals(RedisClient client, Keys keys) {
        this.keys = keys;
        this.connection = client.connectPubSub(RedisLink.CODEC);
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, byte[] message) {
                dispatch(channel, Reply.text(message));
            }
        });
        try {
            RedisLink.got(connection.async().subscribe(keys.events(), keys.wake(), keys.monitored()));
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void dispatch(String channel, String message) {
        if (channel.equals(keys.monitored())) {
            listeners.forEach(Listener::monitored);
            return;
        }
        BiConsumer<Listener, String> tell = channel.equals(keys.wake()) ? Signals::work : this::event;
        listeners.forEach(listener -> tell.accept(listener, message));
    }

    private static void work(Listener listener, String message) {
        int bar = message.indexOf('|');
        if (bar > 0) {
            try {
                listener.work(message.substring(0, bar), Long.parseLong(message.substring(bar + 1)));
            } catch (NumberFormatException e) {
                // A stranger's message: worth nothing.
            }
        }
    }

    private void event(Listener listener, String message) {
        int open = message.indexOf('{');
        int close = message.indexOf("}:");
        if (open >= 0 && close > open) {
            listener.event(message.substring(open + 1, close), message.substring(close + 2));
        }
    }

    /**
     * Adds a listener.
     *
     * @param listener the listener
     */
    public void add(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Removes a listener.
     *
     * @param listener the listener
     */
    public void remove(Listener listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        connection.close();
    }
}
