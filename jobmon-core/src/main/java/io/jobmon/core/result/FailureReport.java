package io.jobmon.core.result;

import io.jobmon.Failure;
import io.jobmon.Failures;
import io.jobmon.core.codec.Faults;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.space.Space;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups the dead letters of a sweep by their cause, and says where and when those of a group failed. */
public final class FailureReport {

    private static final int EXAMPLES = 10;

    private final SweepReader reader;
    private final Space<?> space;
    private final long posted;
    private final Letters letters;
    private final Regions regions;

    private FailureReport(SweepReader reader, Space<?> space, long posted) {
        this.reader = reader;
        this.space = space;
        this.posted = posted;
        // In this order: an outcome that is no dead letter afterwards was none before.
        Pieces pieces = new Pieces(reader);
        this.letters = Letters.read(reader);
        this.regions = new Regions(pieces, letters, space);
    }

    /** Failures that are alike, of one cause in Redis or of several. */
    private static final class Group {
        private final Failure cause;
        private final Letters.Span span = new Letters.Span();
        private long[] indices = new long[16];
        private int count;

        Group(Failure cause) {
            this.cause = cause;
        }

        void add(long index) {
            if (count == indices.length) {
                indices = Arrays.copyOf(indices, 2 * count);
            }
            indices[count++] = index;
        }

        long smallest() {
            return indices[0];
        }
    }

    /**
     * Reads all dead letters. Takes 16 bytes of memory for each, and looks for regions with at most 40,000 points a group.
     *
     * @param reader the sweep
     * @param space its points
     * @param posted when it was first posted, ms, Redis' time
     * @return the groups, the most frequent first; equally frequent ones by their smallest index
     */
    public static Failures of(SweepReader reader, Space<?> space, long posted) {
        return new FailureReport(reader, space, posted).report();
    }

    /**
     * The most frequent cause among the dead letters.
     *
     * @param reader the sweep
     * @return how often, and the failure; empty if there are none
     */
    public static Optional<String> mostFrequent(SweepReader reader) {
        Letters letters = Letters.read(reader);
        Causes causes = new Causes(reader);
        return groups(letters, causes).stream()
                .findFirst()
                .map(group -> (group.count == 1 ? "" : group.count + " x ") + group.cause);
    }

    private Failures report() {
        List<Failures.Group> groups = new ArrayList<>();
        for (Group group : groups(letters, new Causes(reader))) {
            groups.add(group(group, groups.size() < Failures.SHOWN));
        }
        return new Failures(letters.size(), reader.done(), groups);
    }

    private static List<Group> groups(Letters letters, Causes causes) {
        Map<Integer, Group> byCause = new HashMap<>();
        Map<String, Group> byLikeness = new LinkedHashMap<>();
        for (int k = 0; k < letters.size(); k++) {
            byCause.computeIfAbsent(letters.cause(k), cause -> {
                        Failure failure = causes.of(cause);
                        String likeness = Faults.likeness(failure.type(), failure.message(), failure.stack());
                        Group group = byLikeness.computeIfAbsent(likeness, key -> new Group(failure));
                        group.span.add(letters.spans().getOrDefault(cause, new Letters.Span()));
                        return group;
                    })
                    .add(letters.index(k));
        }
        return byLikeness.values().stream()
                .sorted(Comparator.comparingInt((Group group) -> -group.count).thenComparing(Group::smallest))
                .toList();
    }

    private Failures.Group group(Group group, boolean shown) {
        long[] indices = Arrays.copyOf(group.indices, group.count);
        long index = group.smallest();
        long printed = group.span.printed;
        Failure cause = shown && printed != Long.MAX_VALUE ? Causes.printed(reader, printed, group.cause) : group.cause;
        return new Failures.Group(
                cause,
                group.count,
                Arrays.stream(indices).limit(EXAMPLES).boxed().toList(),
                Instant.ofEpochMilli(posted + group.span.first),
                Instant.ofEpochMilli(posted + group.span.last),
                new Failures.Example(index, space.point(space.pointOf(index)), space.replicateOf(index)),
                shown ? regions.of(indices) : Optional.empty());
    }
}
