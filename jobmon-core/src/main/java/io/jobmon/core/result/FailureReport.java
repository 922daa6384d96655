package io.jobmon.core.result;

import io.jobmon.Failures;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups the dead letters of a sweep by their cause. */
public final class FailureReport {

    private static final int EXAMPLES = 10;
    private static final int BATCH = 64;

    private FailureReport() {}

    private static final class Group {
        private long count;
        private final List<Long> examples = new ArrayList<>(EXAMPLES);
    }

    /**
     * Reads all dead letters.
     *
     * @param reader the sweep
     * @return the groups, the most frequent first; equally frequent ones by their smallest index
     */
    public static Failures of(SweepReader reader) {
        Map<Integer, Group> groups = new TreeMap<>();
        long total = 0;
        long[] blocks = reader.deadBlocks();
        for (int from = 0; from < blocks.length; from += BATCH) {
            long[] some = Arrays.copyOfRange(blocks, from, Math.min(blocks.length, from + BATCH));
            for (StoredBlock block : BlockFeed.got(reader.read(some))) {
                total += count(block, groups);
            }
        }
        Causes causes = new Causes(reader);
        return new Failures(
                total,
                groups.entrySet().stream()
                        .map(entry -> new Failures.Group(
                                causes.of(entry.getKey()), entry.getValue().count, entry.getValue().examples))
                        .sorted(Comparator.comparingLong((Failures.Group group) -> -group.count())
                                .thenComparing(group -> group.examples().get(0)))
                        .toList());
    }

    private static long count(StoredBlock block, Map<Integer, Group> groups) {
        long dead = 0;
        for (int i = 0; i < StoredBlock.SIZE; i++) {
            if (block.state(i) == StoredBlock.DEAD) {
                dead++;
                Group group = groups.computeIfAbsent(Math.max(-1, block.cause(i)), cause -> new Group());
                group.count++;
                if (group.examples.size() < EXAMPLES) {
                    group.examples.add(block.block() * StoredBlock.SIZE + i);
                }
            }
        }
        return dead;
    }
}
