package io.jobmon.core.queue;

import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who listens to workers, and where. An entry counts as long as it is renewed.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Collectors {

    /** Not renewed for so long, nobody listens there any more. */
    private static final Duration LIFE = Duration.ofSeconds(10);

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\|(.*)", Pattern.DOTALL);

    private final RedisLink link;
    private final Keys keys;

    Collectors(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /**
     * Says that somebody listens, and wakes the workers. Entries that have not been renewed are removed.
     *
     * @param id who
     * @param address where, as JSON
     */
    public void announce(String id, String address) {
        long now = now();
        Map<String, byte[]> all = link.ask(commands -> RedisLink.got(commands.hgetall(keys.monitors())));
        boolean isNew = !all.containsKey(id);
        String[] gone = all.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(id) && !isLive(Reply.text(entry.getValue()), now))
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
        link.ask(commands -> {
            RedisFuture<Boolean> said = commands.hset(keys.monitors(), id, Reply.utf8(now + "|" + address));
            if (gone.length > 0) {
                RedisLink.got(commands.hdel(keys.monitors(), gone));
            }
            if (isNew) {
                RedisLink.got(commands.publish(keys.monitored(), Reply.utf8(id)));
            }
            return RedisLink.got(said);
        });
    }

    /**
     * Says that nobody listens there any more.
     *
     * @param id who
     */
    public void withdraw(String id) {
        link.ask(commands -> {
            RedisFuture<Long> removed = commands.hdel(keys.monitors(), id);
            RedisLink.got(commands.publish(keys.monitored(), Reply.utf8(id)));
            return RedisLink.got(removed);
        });
    }

    /**
     * Who listens now.
     *
     * @return id to address, as JSON
     */
    public Map<String, String> live() {
        Map<String, byte[]> all = link.ask(commands -> RedisLink.got(commands.hgetall(keys.monitors())));
        Map<String, String> live = new TreeMap<>();
        if (!all.isEmpty()) {
            long now = now();
            all.forEach((id, value) -> {
                String text = Reply.text(value);
                if (isLive(text, now)) {
                    live.put(id, text.substring(text.indexOf('|') + 1));
                }
            });
        }
        return live;
    }

    /** Also when the clock was set back. */
    private static boolean isLive(String value, long now) {
        Matcher form = FORM.matcher(value);
        return form.matches() && Math.abs(now - Long.parseLong(form.group(1))) <= LIFE.toMillis();
    }

    private long now() {
        return Reply.millis(link.ask(commands -> RedisLink.got(commands.time())));
    }
}
