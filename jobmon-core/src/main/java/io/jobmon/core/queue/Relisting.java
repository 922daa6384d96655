package io.jobmon.core.queue;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.ZAddArgs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all keys for open sweeps that are not listed as open, and lists them. Each step is bounded, and one worker of a
 * namespace looks at a time: it begins at most once a minute, and another begins anew when it falls silent.
 *
 * <p>Thread safety: for one thread.
 */
public final class Relisting {

    /** Calls of SCAN in one step. */
    static final int SCANS = 8;

    private static final int KEYS = 1000;
    private static final int TURN_SECONDS = 60;
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final RedisLink link;
    private final Keys keys;
    private final LongSupplier nanoTime;
    private final ScanArgs pattern;
    private @Nullable ScanCursor cursor;
    private long askAt;

    Relisting(RedisLink link, Keys keys, LongSupplier nanoTime) {
        this.link = link;
        this.keys = keys;
        this.nanoTime = nanoTime;
        this.pattern = ScanArgs.Builder.matches(keys.meta("*")).limit(KEYS);
        this.askAt = nanoTime.getAsLong();
    }

    /**
     * Goes on looking, or asks whether it is this worker's turn.
     *
     * @return how many sweeps were listed
     * @throws QueueException if Redis is out of reach; the next step goes on
     */
    public long step() {
        ScanCursor at = cursor;
        if (at == null) {
            if (nanoTime.getAsLong() - askAt < 0) {
                return 0;
            }
            askAt = nanoTime.getAsLong() + ASK_NANOS;
            if (!turn()) {
                return 0;
            }
            at = ScanCursor.INITIAL;
            cursor = at;
        } else {
            link.ask(commands -> RedisLink.got(commands.expire(keys.relisted(), TURN_SECONDS)));
        }
        long listed = 0;
        for (int k = 0; k < SCANS && at != null; k++) {
            ScanCursor from = at;
            KeyScanCursor<String> found = link.ask(commands -> RedisLink.got(commands.scan(from, pattern)));
            listed += list(found.getKeys());
            at = found.isFinished() ? null : found;
            cursor = at;
        }
        return listed;
    }

    private boolean turn() {
        return link.ask(commands -> RedisLink.got(commands.set(
                        keys.relisted(), Reply.utf8(1), SetArgs.Builder.nx().ex(TURN_SECONDS))))
                != null;
    }

    private long list(List<String> metas) {
        if (metas.isEmpty()) {
            return 0;
        }
        return link.ask(commands -> {
            Map<String, RedisFuture<List<KeyValue<String, byte[]>>>> asked = new LinkedHashMap<>();
            metas.forEach(meta -> asked.put(meta, commands.hmget(meta, "state", "base", "priority")));
            List<RedisFuture<Long>> added = new ArrayList<>();
            asked.forEach((meta, reply) -> {
                List<String> fields = fields(reply);
                if (fields.size() == 3
                        && JobIndex.stays(fields.get(0))
                        && fields.get(2).matches("-?\\d{1,10}")) {
                    String id = meta.substring(meta.indexOf('{') + 1, meta.indexOf('}'));
                    added.add(commands.zadd(
                            keys.open(fields.get(1)),
                            ZAddArgs.Builder.nx(),
                            Double.parseDouble(fields.get(2)),
                            Reply.utf8(id)));
                }
            });
            long listed = 0;
            for (RedisFuture<Long> one : added) {
                listed += added(one);
            }
            return listed;
        });
    }

    /** What is there of them; nothing if something else wrote to the key. */
    private static List<String> fields(RedisFuture<List<KeyValue<String, byte[]>>> reply) {
        try {
            return RedisLink.got(reply).stream()
                    .filter(KeyValue::hasValue)
                    .map(field -> Reply.text(field.getValue()))
                    .toList();
        } catch (RedisCommandExecutionException e) {
            return List.of();
        }
    }

    private static long added(RedisFuture<Long> reply) {
        try {
            return RedisLink.got(reply);
        } catch (RedisCommandExecutionException e) {
            return 0;
        }
    }
}
