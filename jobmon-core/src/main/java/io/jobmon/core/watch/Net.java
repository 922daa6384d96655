package io.jobmon.core.watch;

import io.jobmon.WorkerStatus;
import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.Board;
import io.jobmon.core.queue.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workers that are alive, by what they say of themselves. Anybody who can write to Redis may have written that, so
 * whatever is not as it should be is left empty, and no text can steer a terminal.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Net {

    private static final int LIST = 100;
    private static final double LONGEST_SECONDS = 1e12;

    private final Queue queue;
    private final Duration lease;

    /**
     * Looks at the workers of a queue.
     *
     * @param queue a lane
     * @param lease how long a worker may be silent
     */
    public Net(Queue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
    }

    /**
     * The workers now.
     *
     * @return by host, then id
     */
    public List<WorkerStatus> workers() {
        return queue.board().beats(lease).stream()
                .map(Net::status)
                .sorted(Comparator.comparing(WorkerStatus::host).thenComparing(WorkerStatus::id))
                .toList();
    }

    private static WorkerStatus status(Board.Beat beat) {
        Map<?, ?> card = Json.object(beat.info());
        return new WorkerStatus(
                ShownText.of(beat.worker()),
                text(card.get("host")),
                whole(card.get("pid")),
                (int) Math.min(Integer.MAX_VALUE, whole(card.get("slots"))),
                text(card.get("status")),
                history(card.get("history")),
                Instant.ofEpochMilli(whole(card.get("since"))),
                jobs(card),
                amount(card.get("rate")),
                whole(card.get("failures")),
                beat.age(),
                text(card.get("place")),
                text(card.get("launch")),
                texts(card.get("tags")));
    }

    /** What it runs or, if it runs nothing, what it holds. */
    private static String jobs(Map<?, ?> card) {
        List<String> names = texts(card.get("runs"));
        if (names.isEmpty() && card.get("jobs") instanceof List<?> jobs) {
            List<Object> held = new ArrayList<>();
            jobs.forEach(job -> held.add(job instanceof Map<?, ?> fields ? fields.get("name") : ""));
            names = texts(held);
        }
        return ShownText.shortened(String.join(", ", names));
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> all
                ? all.stream()
                        .limit(LIST)
                        .map(Net::text)
                        .filter(text -> !text.isEmpty())
                        .sorted()
                        .toList()
                : List.of();
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? ShownText.of(text) : "";
    }

    private static long whole(@Nullable Object value) {
        return value instanceof Long number ? Math.max(0, number) : 0;
    }

    private static Duration history(@Nullable Object value) {
        return Duration.ofMillis((long) (Math.min(LONGEST_SECONDS, amount(value)) * 1000));
    }

    private static double amount(@Nullable Object value) {
        double amount = value instanceof Number number ? number.doubleValue() : 0;
        return Double.isFinite(amount) ? Math.max(0, amount) : 0;
    }
}
