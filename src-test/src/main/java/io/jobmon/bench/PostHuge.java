package io.jobmon.bench;

import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Posts grids of 10^9 experiments that nobody runs: how long {@code sweep(..)} takes for the first job of the JVM and for a known
 * one, and what a posted sweep costs in Redis. To be run with a small heap.
 *
 * <pre>./mvnw -q -Pbench verify -Dbench=PostHuge -Dbench.jvm=-Xmx64m</pre>
 */
public final class PostHuge {

    private static final int ROUNDS = 21;

    private PostHuge() {}

    /**
     * Measures and prints.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try (BenchRedis redis = BenchRedis.start();
                JobMon jobmon = JobMon.connect(redis.uri())) {
            List<Double> millis = new ArrayList<>();
            List<Long> bytes = new ArrayList<>();
            String hash = "";
            for (int round = 0; round < ROUNDS; round++) {
                long before = redis.dataBytes();
                long begun = System.nanoTime();
                Sweep<?, ?> sweep = jobmon.post(new TrivialSweep.Arithmetic())
                        .sweep(ParamSpace.grid()
                                .axis("a", Axis.range(0, 999_999, 1))
                                .axis("b", Axis.range(round, round + 999, 1)));
                millis.add((System.nanoTime() - begun) / 1e6);
                bytes.add(redis.dataBytes() - before);
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
        }
    }
}
