package io.jobmon.core.telemetry;

import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the workers that live, as Redis has them. Who is not known is looked for there, but not more often than every
 * fifth of a second, whoever knocks.
 *
 * <p>Thread safety: any number of threads.
 */
final class Guests {

    private static final Logger LOG = LoggerFactory.getLogger(Guests.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Queue lane;
    private final Duration lease;
    private Map<String, String> workers = Map.of();
    private long lookedAt = System.nanoTime() - LOOK_NANOS;

    Guests(Queue lane, Duration lease) {
        this.lane = lane;
        this.lease = lease;
    }

    synchronized boolean knows(String key) {
        if (!workers.containsValue(key) && System.nanoTime() - lookedAt >= LOOK_NANOS) {
            try {
                look();
            } catch (QueueException e) {
                LOG.debug("Who knocks cannot be looked up: {}", e.getMessage());
            }
        }
        return workers.containsValue(key);
    }

    /** The workers that live. */
    Set<String> living() {
        return lane.board().alive(lease).keySet();
    }

    private void look() {
        lookedAt = System.nanoTime();
        Map<String, String> found = new HashMap<>();
        lane.board().alive(lease).forEach((worker, card) -> {
            if (Json.object(card).get("telemetry") instanceof String key && Address.isKey(key)) {
                found.put(worker, key);
            }
        });
        workers = found;
    }
}
