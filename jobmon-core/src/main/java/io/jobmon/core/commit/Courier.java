package io.jobmon.core.commit;

import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.Claim;
import io.jobmon.core.queue.CommitAnswer;
import io.jobmon.core.queue.Outcomes;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.QueueException;
import io.jobmon.core.queue.StoredBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes batches of outcomes and brings them to Redis, again and again while it is away, until told to give up.
 *
 * <p>Thread safety: for one thread; {@link #giveUpAt} for any.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Queue queue;
    private final String worker;
    private final Consumer<String> ended;
    private final Map<CommitTarget, Batch> batches = new LinkedHashMap<>();
    private boolean away;
    private volatile long giveUpAt;
    private volatile boolean limited;

    private static final class Batch {
        final Outcomes outcomes = new Outcomes();
        final Map<Long, Claim> claims = new HashMap<>();
    }

    /**
     * Makes a courier.
     *
     * @param queue the lane
     * @param worker the worker's id
     * @param ended told the request of each claim that has been ended or given back, or for which that was given up
     */
    Courier(Queue queue, String worker, Consumer<String> ended) {
        this.queue = queue;
        this.worker = worker;
        this.ended = ended;
    }

    /** From then on, System.nanoTime(), nothing is tried again, and nothing at all while Redis is away. */
    void giveUpAt(long nanos) {
        giveUpAt = nanos;
        limited = true;
    }

    private boolean late() {
        return limited && System.nanoTime() - giveUpAt > 0;
    }

    void add(Item item) {
        CommitTarget target = item.target();
        Batch batch = batches.computeIfAbsent(target, key -> new Batch());
        if (item instanceof Item.Single single) {
            batch.outcomes.add(single.result());
            batch.claims.put(single.result().index(), single.claim());
        } else if (item instanceof Item.Block block) {
            batch.outcomes.add(block.block());
        } else if (item instanceof Item.Fault fault) {
            batch.outcomes.add(fault.fault());
        } else if (item instanceof Item.End end) {
            batch.outcomes.end(end.claim().request());
        } else if (item instanceof Item.Release release) {
            send(target);
            release(target, List.of(release.claim().request()));
        }
        if (batch.outcomes.full()) {
            send(target);
        }
    }

    /** Sends all that was added. */
    void sendAll() {
        new ArrayList<>(batches.keySet()).forEach(this::send);
    }

    private void send(CommitTarget target) {
        Batch batch = batches.remove(target);
        if (batch == null || batch.outcomes.isEmpty()) {
            return;
        }
        try {
            deliver(target, batch);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error(
                    "{} outcomes of {} could not be stored; their experiments will run again.",
                    batch.outcomes.size(),
                    target.sweep(),
                    e);
            release(target, batch.outcomes.ended());
        }
        batch.outcomes.ended().forEach(ended);
    }

    private void deliver(CommitTarget target, Batch batch) {
        CommitAnswer answer = commit(target, batch.outcomes);
        if (answer == null) {
            return;
        }
        Set<Long> again = new HashSet<>(answer.again());
        Outcomes rest = new Outcomes();
        for (CommitAnswer.Refused refused : answer.refused()) {
            LOG.error("Redis refused the result of {} {} ({}).", target.sweep(), refused.index(), refused.reason());
            Claim claim = batch.claims.get(refused.index());
            if (claim != null) {
                rest.add(refusal(refused, claim));
            } else {
                again.add(refused.index() / StoredBlock.SIZE);
            }
        }
        if (!again.isEmpty()) {
            singly(target, batch.outcomes, again);
        }
        if (!again.isEmpty() || !rest.isEmpty()) {
            batch.outcomes.ended().forEach(rest::end);
            commit(target, rest);
        }
    }

    private void singly(CommitTarget target, Outcomes batch, Set<Long> blocks) {
        Outcomes again = new Outcomes();
        for (Outcomes.Block block : batch.blocks()) {
            if (!blocks.contains(block.block())) {
                continue;
            }
            for (Outcomes.Single single : Outcomes.singles(block)) {
                again.add(single);
                if (again.full()) {
                    commit(target, again);
                    again = new Outcomes();
                }
            }
        }
        commit(target, again);
    }

    private static Outcomes.Fault refusal(CommitAnswer.Refused refused, Claim claim) {
        String message = "Redis refused to store the result (" + refused.reason() + ")";
        byte[] cause = Json.text(Map.of("type", "io.jobmon.JobMonException", "message", message, "stack", ""))
                .getBytes(StandardCharsets.UTF_8);
        return new Outcomes.Fault(
                refused.index(), claim.epoch(), claim.request(), true, 0, 0, "refused" + refused.reason(), cause);
    }

    private @Nullable CommitAnswer commit(CommitTarget target, Outcomes batch) {
        if (batch.isEmpty()) {
            return null;
        }
        CommitAnswer answer = insist(() -> queue.commit(target.sweep(), batch, worker, target.workerNumber()));
        if (answer == null) {
            LOG.error(
                    "{} outcomes of {} were not stored: Redis was away when the worker stopped. They will run again.",
                    batch.size(),
                    target.sweep());
        } else {
            target.committed(answer);
        }
        return answer;
    }

    private void release(CommitTarget target, List<String> requests) {
        try {
            if (!requests.isEmpty() && insist(() -> queue.claims().release(target.sweep(), worker, requests)) == null) {
                LOG.warn("Claims of {} were not given back; they become free when their lease ends.", target.sweep());
            }
        } catch (RuntimeException e) {
            LOG.error("Claims could not be given back; they become free when their lease ends.", e);
        }
        requests.forEach(ended);
    }

    /** Calls until Redis answers; null if it is away and it is time to give up. */
    private <T> @Nullable T insist(Supplier<T> call) {
        while (!away || !late()) {
            try {
                T answer = call.get();
                if (away) {
                    LOG.info("Redis is back; the outcomes that waited are on their way.");
                    away = false;
                }
                return answer;
            } catch (QueueException e) {
                if (!away) {
                    LOG.warn("{} Finished experiments wait in this worker until it is back.", e.getMessage());
                    away = true;
                }
            }
        }
        return null;
    }
}
