package io.jobmon.core.queue;

import io.lettuce.core.KeyValue;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        return Reply.millis(link.ask(commands -> RedisLink.got(commands.time())));
    }

    /**
     * An order to stop.
     *
     * @param at when it was given, ms, Redis' time
     * @param grace for how long what runs may go on
     */
    public record Stop(long at, Duration grace) {

        /** What runs may go on for so long if an order does not say. */
        public static final Duration GRACE = Duration.ofSeconds(2);

        private static final Pattern FORM = Pattern.compile("(\\d{1,15})(?:\\|(\\d{1,15}))?");

        private static Optional<Stop> read(byte[] text) {
            Matcher form = FORM.matcher(Reply.text(text));
            if (!form.matches()) {
                return Optional.empty();
            }
            Duration grace = form.group(2) == null ? GRACE : Duration.ofMillis(Long.parseLong(form.group(2)));
            return Optional.of(new Stop(Long.parseLong(form.group(1)), grace));
        }
    }

    /**
     * Says that a worker lives.
     *
     * @param worker its id
     * @param names what else it answers to when workers are told to stop: its host, its place in a fleet
     * @param info what it says of itself, as JSON
     * @return the orders to stop that are meant for it, also those given before it started; none that makes no sense
     */
    public List<Stop> beat(String worker, Collection<String> names, String info) {
        Set<String> targets = new LinkedHashSet<>(names);
        targets.add(ALL);
        targets.add(worker);
        long now = now();
        return link.ask(commands -> {
            RedisFuture<Long> beat = commands.zadd(keys.beats(), (double) now, Reply.utf8(worker));
            RedisFuture<Boolean> said = commands.hset(keys.workers(), worker, Reply.utf8(info));
            RedisFuture<List<KeyValue<String, byte[]>>> stops =
                    commands.hmget(keys.stop(), targets.toArray(String[]::new));
            RedisLink.got(beat);
            RedisLink.got(said);
            List<Stop> orders = new ArrayList<>();
            for (KeyValue<String, byte[]> stop : RedisLink.got(stops)) {
                if (stop.hasValue()) {
                    Stop.read(stop.getValue()).ifPresent(orders::add);
                }
            }
            return orders;
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
     * Tells workers to stop, and gives what they run {@link Stop#GRACE}. Those that start later ignore it.
     *
     * @param target {@link #ALL}, a host, a place in a fleet or a worker's id
     */
    public void stop(String target) {
        stop(target, Stop.GRACE);
    }

    /**
     * Tells workers to stop. Those that start later ignore it.
     *
     * @param target {@link #ALL}, a host, a place in a fleet or a worker's id
     * @param grace for how long what runs may go on before it is interrupted and given back
     */
    public void stop(String target, Duration grace) {
        byte[] order = Reply.utf8(now() + "|" + Math.max(0, grace.toMillis()));
        link.ask(commands -> RedisLink.got(commands.hset(keys.stop(), target, order)));
    }

    /**
     * A worker that beats.
     *
     * @param worker its id
     * @param age how long ago it last said that it lives, never negative
     * @param info what it says of itself, as JSON; empty if it says nothing
     */
    public record Beat(String worker, Duration age, String info) {}

    /**
     * The workers whose last beat is younger than a lease.
     *
     * @param lease how long a worker may be silent
     * @return the workers, the one that was silent longest first
     */
    public List<Beat> beats(Duration lease) {
        long now = now();
        List<ScoredValue<byte[]>> found = link.ask(commands -> RedisLink.got(commands.zrangebyscoreWithScores(
                keys.beats(), Range.create((double) now - lease.toMillis(), Double.POSITIVE_INFINITY))));
        if (found.isEmpty()) {
            return List.of();
        }
        String[] ids = found.stream().map(beat -> Reply.text(beat.getValue())).toArray(String[]::new);
        List<KeyValue<String, byte[]>> infos = link.ask(commands -> RedisLink.got(commands.hmget(keys.workers(), ids)));
        List<Beat> beats = new ArrayList<>();
        for (int k = 0; k < ids.length; k++) {
            long age = Math.max(0, now - (long) found.get(k).getScore());
            beats.add(new Beat(
                    ids[k], Duration.ofMillis(age), Reply.text(infos.get(k).getValueOrElse(new byte[0]))));
        }
        return beats;
    }

    /**
     * The workers whose last beat is younger than a lease and that say something of themselves.
     *
     * @param lease how long a worker may be silent
     * @return id to what it says of itself, as JSON
     */
    public Map<String, String> alive(Duration lease) {
        Map<String, String> alive = new TreeMap<>();
        beats(lease).stream()
                .filter(beat -> !beat.info().isEmpty())
                .forEach(beat -> alive.put(beat.worker(), beat.info()));
        return alive;
    }

    /**
     * Workers that have been silent for long.
     *
     * @param silence how long
     * @return their ids
     */
    public List<String> silent(Duration silence) {
        double before = now() - silence.toMillis();
        return link
                .ask(commands -> RedisLink.got(commands.zrangebyscore(keys.beats(), Range.create(0, before))))
                .stream()
                .map(Reply::text)
                .toList();
    }

    /**
     * Removes workers that have been silent for long.
     *
     * @param silence how long
     */
    public void bury(Duration silence) {
        silent(silence).forEach(this::leave);
    }
}
