package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back what workers had that are known to be dead. Thread safety: any number of threads. */
final class Forgetting {

    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);

    /** Sweeps that are looked at in one round trip. */
    private static final int SWEEPS = 100;

    private final Queue queue;

    Forgetting(Queue queue) {
        this.queue = queue;
    }

    long forget(Set<String> workers) {
        if (workers.isEmpty()) {
            return 0;
        }
        workers.forEach(queue.board()::leave);
        long given = 0;
        List<String> sweeps = List.copyOf(queue.jobs().allSweeps());
        for (int at = 0; at < sweeps.size(); at += SWEEPS) {
            List<String> some = sweeps.subList(at, Math.min(sweeps.size(), at + SWEEPS));
            for (Map.Entry<String, Map<String, byte[]>> claims : claims(some).entrySet()) {
                given += takeBack(claims.getKey(), held(claims.getValue(), workers));
            }
        }
        return given;
    }

    private Map<String, Map<String, byte[]>> claims(List<String> sweeps) {
        return queue.link().ask(commands -> {
            Map<String, RedisFuture<Map<String, byte[]>>> asked = new LinkedHashMap<>();
            sweeps.forEach(
                    sweep -> asked.put(sweep, commands.hgetall(queue.keys().sweep(sweep) + "claims")));
            Map<String, Map<String, byte[]>> claims = new LinkedHashMap<>();
            asked.forEach((sweep, reply) -> {
                try {
                    claims.put(sweep, RedisLink.got(reply));
                } catch (RedisCommandExecutionException e) {
                    LOG.warn("The claims of the sweep {} cannot be read: {}", sweep, e.getMessage());
                }
            });
            return claims;
        });
    }

    /** Which claims some workers have. */
    private static Map<String, List<String>> held(Map<String, byte[]> claims, Set<String> workers) {
        Map<String, List<String>> held = new HashMap<>();
        claims.forEach((request, claim) -> {
            // epoch|worker|...
            String[] parts = Reply.text(claim).split("\\|", 3);
            if (parts.length == 3 && workers.contains(parts[1])) {
                held.computeIfAbsent(parts[1], key -> new ArrayList<>()).add(request);
            }
        });
        return held;
    }

    /** A sweep whose keys are damaged must not keep the others waiting. */
    private long takeBack(String sweep, Map<String, List<String>> held) {
        long given = 0;
        try {
            for (Map.Entry<String, List<String>> claims : held.entrySet()) {
                given += queue.claims().release(sweep, claims.getKey(), claims.getValue());
            }
        } catch (QueueException e) {
            throw e;
        } catch (JobMonException e) {
            LOG.warn("What killed workers had of the sweep {} could not be given back: {}", sweep, e.getMessage());
        }
        return given;
    }
}
