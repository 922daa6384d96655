package io.jobmon.bench;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Posts grids of 10^9 experiments to a Redis server: how long {@code sweep(..)} takes for the first job of the JVM and for a
 * known one, and what a posted sweep costs in Redis. To be run with a small heap ({@code -Xmx64m}).
 *
 * <p>Argument: the server's URI. Its workers, if any, do not hold the job. What was posted is cleaned at the end.
 */
public final class PostHuge {

    private static final int ROUNDS = 21;

    private PostHuge() {}

    /**
     * Measures and prints.
     *
     * @param args the URI
     */
    public static void main(String[] args) {
        String uri = args[0];
        RedisClient client = RedisClient.create(uri);
        try (JobMon jobmon = JobMon.connect(uri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            List<Double> millis = new ArrayList<>();
            List<Long> bytes = new ArrayList<>();
            String hash = "";
            for (int round = 0; round < ROUNDS; round++) {
                long before = memory(redis);
                long begun = System.nanoTime();
                Sweep<?, ?> sweep = jobmon.post(new TrivialSweep.Arithmetic())
                        .sweep(ParamSpace.grid()
                                .axis("a", Axis.range(0, 999_999, 1))
                                .axis("b", Axis.range(round, round + 999, 1)));
                millis.add((System.nanoTime() - begun) / 1e6);
                bytes.add(memory(redis) - before);
                hash = sweep.jobHash();
                if (sweep.size() != 1_000_000_000L) {
                    throw new IllegalStateException("size " + sweep.size());
                }
            }
            jobmon.clean(hash);
            System.out.printf(
                    Locale.ROOT,
                    "heap %d MiB; 10^9 experiments: first post %.1f ms, then median %.2f ms (worst %.2f);"
                            + " Redis memory: first %,d bytes, then median %,d%n",
                    Runtime.getRuntime().maxMemory() >> 20,
                    millis.get(0),
                    millis.subList(1, ROUNDS).stream().sorted().toList().get(ROUNDS / 2),
                    millis.subList(1, ROUNDS).stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElse(0),
                    bytes.get(0),
                    bytes.subList(1, ROUNDS).stream().sorted().toList().get(ROUNDS / 2));
        } finally {
            client.shutdown();
        }
    }

    private static long memory(StatefulRedisConnection<String, String> redis) {
        return redis.sync()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory_dataset:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
                .findFirst()
                .orElseThrow();
    }
}
