package io.jobmon.core.result;

import io.jobmon.FailureRegion;
import io.jobmon.core.space.Space;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Looks for the regions of groups of failures, each against the same successes. For one thread. */
final class Regions {

    private static final int MOST = 20_000;

    private final Pieces pieces;
    private final Letters letters;
    private final Space<?> space;
    private @Nullable Looked successes;

    Regions(Pieces pieces, Letters letters, Space<?> space) {
        this.pieces = pieces;
        this.letters = letters;
        this.space = space;
    }

    /**
     * Outcomes that are looked at.
     *
     * @param indices their indices, ascending
     * @param of how many there are of which these are a sample
     */
    record Looked(long[] indices, long of) {

        static Looked at(Sample sample) {
            return new Looked(sample.sorted(), sample.seen());
        }

        /** How many each of them stands for. */
        double each() {
            return (double) of / Math.max(1, indices.length);
        }
    }

    /**
     * The region of a group.
     *
     * @param failures the indices of its failures, ascending
     * @return the region, empty if none explains them
     */
    Optional<FailureRegion> of(long[] failures) {
        Looked known = successes;
        if (known == null) {
            Sample sample = new Sample(MOST);
            pieces.successes(letters, sample);
            known = Looked.at(sample);
            successes = known;
        }
        if (known.indices.length == 0) {
            return Optional.empty();
        }
        Sample sample = new Sample(MOST);
        LongStream.of(failures).filter(pieces::holds).forEach(sample::add);
        Looked looked = Looked.at(sample);
        if (looked.indices.length == 0) {
            return Optional.empty();
        }
        long points = space.size();
        long[] failing = Arrays.stream(failures)
                .map(index -> index % points)
                .sorted()
                .distinct()
                .toArray();
        return new RegionSearch(new PointTable(space, looked, known, failing)).best();
    }
}
