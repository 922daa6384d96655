package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.JobMon;
import io.jobmon.Progress;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must be true of a sweep that has ended, whatever happened to it. */
final class Oracle {

    private static final String NAMESPACE = "jobmon";

    private final TestServer server;

    Oracle(TestServer server) {
        this.server = server;
    }

    /** Looks at the sweep as its user does, and at what is stored. Waits for workers that still run what others have done. */
    void check(Sweep<?, ?> sweep) {
        FaultCase.until().until(() -> server.ask(redis -> redis.exists(FaultCase.key(sweep, "claims"))) == 0);
        Progress progress = sweep.progress();
        assertThat(progress.state()).isEqualTo(SweepState.COMPLETE);
        assertThat(progress.done() + progress.dead()).as("done + dead").isEqualTo(sweep.size());
        assertThat(sweep.failures().total()).as("failures").isEqualTo(progress.dead());

        BitSet seen = new BitSet();
        Iterator<? extends Result<?, ?>> outcomes = sweep.stream().iterator();
        long succeeded = 0;
        while (outcomes.hasNext()) {
            Result<?, ?> outcome = outcomes.next();
            assertThat(seen.get((int) outcome.index())).as("seen before").isFalse();
            seen.set((int) outcome.index());
            if (outcome.succeeded()) {
                succeeded++;
                assertThat(Executions.of(outcome.index()))
                        .as("executions of %s", outcome.index())
                        .isPositive();
            }
        }
        assertThat(seen.cardinality()).as("outcomes").isEqualTo((int) sweep.size());
        assertThat(succeeded).as("results").isEqualTo(progress.done());
        assertThat(sweep.results().stream().count()).as("results again").isEqualTo(progress.done());
        assertThat(Executions.total()).as("executions").isGreaterThanOrEqualTo(progress.done());
        server.ask(redis -> {
            stored(redis, "jobmon:{" + sweep.id() + "}:", sweep.size());
            return true;
        });
    }

    private static void stored(RedisCommands<String, String> redis, String prefix, long size) {
        Map<String, String> meta = redis.hgetall(prefix + "meta");
        long bits = 0;
        for (long piece = 0; piece <= (size - 1) / 65_536; piece++) {
            bits += redis.bitcount(prefix + "bits:" + piece);
        }
        long results = 0;
        for (long block = 0; block <= (size - 1) / 128; block++) {
            boolean sealed = redis.exists(prefix + "b:" + block) == 1;
            long open = redis.hlen(prefix + "o:" + block);
            results += open + (sealed ? 128 : 0);
            assertThat(sealed && open > 0).as("block %s in two forms", block).isFalse();
        }
        long dead = redis.hlen(prefix + "dead");
        assertThat(bits).as("bits").isEqualTo(size);
        assertThat(meta).containsEntry("done", Long.toString(results)).containsEntry("dead", Long.toString(dead));
        assertThat(results + dead).as("stored").isEqualTo(size);
        for (String rest : Set.of("claims", "leases", "wait", "susp", "att", "ckpt")) {
            assertThat(redis.exists(prefix + rest)).as(rest).isZero();
        }
    }

    /** Cleans the job, and looks that nothing of it is left. */
    void clean(JobMon jobmon, Sweep<?, ?> sweep) {
        jobmon.clean(sweep.jobHash());

        Set<String> left = server.ask(redis -> {
            Set<String> keys = new TreeSet<>();
            ScanCursor cursor = ScanCursor.INITIAL;
            do {
                KeyScanCursor<String> found = redis.scan(
                        cursor, ScanArgs.Builder.matches(NAMESPACE + ":*").limit(1000));
                keys.addAll(found.getKeys());
                cursor = found;
            } while (!cursor.isFinished());
            return keys;
        });
        left.removeIf(key -> key.startsWith(NAMESPACE + ":workers:") || key.equals(NAMESPACE + ":schema"));
        assertThat(left).as("keys left").isEmpty();
    }
}
