package io.jobmon.core.queue;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is alive, by Redis' clock, and who was told to stop.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Board {

    /** The target of a stop that is meant for every worker. */
    public static final String ALL = "ALL";

    private final RedisLink link;
    private final Keys keys;

    Board(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /**
     * Redis' clock.
     *
     * @return ms
     */
    public long now() {
        List<byte[]> time = link.ask(commands -> RedisLink.got(commands.time()));
        return Long.parseLong(Reply.text(time.get(0))) * 1000 + Long.parseLong(Reply.text(time.get(1))) / 1000;
    }

    /**
     * Says that a worker lives.
     *
     * @param worker its id
     * @param host its host
     * @param info what it says of itself, as JSON
     * @return when it was told to stop, ms, 0 if never
     */
    public long beat(String worker, String host, String info) {
        long now = now();
        return link.ask(commands -> {
            RedisFuture<Long> beat = commands.zadd(keys.beats(), (double) now, Reply.utf8(worker));
            RedisFuture<Boolean> said = commands.hset(keys.workers(), worker, Reply.utf8(info));
            RedisFuture<List<KeyValue<String, byte[]>>> stops = commands.hmget(keys.stop(), ALL, host, worker);
            RedisLink.got(beat);
            RedisLink.got(said);
            long last = 0;
            for (KeyValue<String, byte[]> stop : RedisLink.got(stops)) {
                if (stop.hasValue()) {
                    last = Math.max(last, Long.parseLong(Reply.text(stop.getValue())));
                }
            }
            return last;
        });
    }

    /**
     * Takes a worker off the board.
     *
     * @param worker its id
     */
    public void leave(String worker) {
        link.ask(commands -> {
            RedisFuture<Long> beat = commands.zrem(keys.beats(), Reply.utf8(worker));
            RedisFuture<Long> said = commands.hdel(keys.workers(), worker);
            RedisLink.got(beat);
            return RedisLink.got(said);
        });
    }

    /**
     * Tells workers to stop. Those that start later ignore it.
     *
     * @param target {@link #ALL}, a host or a worker's id
     */
    public void stop(String target) {
        byte[] now = Reply.utf8(now());
        link.ask(commands -> RedisLink.got(commands.hset(keys.stop(), target, now)));
    }

    /**
     * The workers whose last beat is younger than a lease.
     *
     * @param lease how long a worker may be silent
     * @return id to what it says of itself, as JSON
     */
    public Map<String, String> alive(Duration lease) {
        double since = now() - lease.toMillis();
        Map<String, String> alive = new TreeMap<>();
        List<byte[]> ids = link.ask(commands ->
                RedisLink.got(commands.zrangebyscore(keys.beats(), Range.create(since, Double.POSITIVE_INFINITY))));
        if (ids.isEmpty()) {
            return alive;
        }
        List<String> names = new ArrayList<>();
        ids.forEach(id -> names.add(Reply.text(id)));
        for (KeyValue<String, byte[]> info :
                link.ask(commands -> RedisLink.got(commands.hmget(keys.workers(), names.toArray(String[]::new))))) {
            if (info.hasValue()) {
                alive.put(info.getKey(), Reply.text(info.getValue()));
            }
        }
        return alive;
    }

    /**
     * Removes workers that have been silent for long.
     *
     * @param silence how long
     */
    public void bury(Duration silence) {
        double before = now() - silence.toMillis();
        List<byte[]> gone =
                link.ask(commands -> RedisLink.got(commands.zrangebyscore(keys.beats(), Range.create(0, before))));
        gone.forEach(id -> leave(Reply.text(id)));
    }
}
