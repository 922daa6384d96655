package io.jobmon.core.result;

import io.jobmon.core.space.Space;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The points that are looked at, a row each: values, failures of the group, successes. For one thread. */
final class PointTable {

    private static final int COLUMNS = 64;

    private final List<String> names;
    private final @Nullable Object[][] values;
    private final int[] failures;
    private final int[] successes;
    private final BitSet failing = new BitSet();
    private final double eachFailure;
    private final double eachSuccess;
    private final long allFailures;
    private final long allSuccesses;

    /**
     * Fills the table.
     *
     * @param space the points
     * @param failed failures of the group
     * @param succeeded successes
     * @param failingPoints all points at which the group has a failure, ascending
     */
    PointTable(Space<?> space, Regions.Looked failed, Regions.Looked succeeded, long[] failingPoints) {
        long points = space.size();
        long[] rows = LongStream.concat(Arrays.stream(failed.indices()), Arrays.stream(succeeded.indices()))
                .map(index -> index % points)
                .sorted()
                .distinct()
                .toArray();
        this.names = space.names().subList(0, Math.min(COLUMNS, space.names().size()));
        this.values = new @Nullable Object[names.size()][rows.length];
        this.failures = count(rows, failed.indices(), points);
        this.successes = count(rows, succeeded.indices(), points);
        this.eachFailure = failed.each();
        this.eachSuccess = succeeded.each();
        this.allFailures = failed.indices().length;
        this.allSuccesses = succeeded.indices().length;
        for (int row = 0; row < rows.length; row++) {
            if (Arrays.binarySearch(failingPoints, rows[row]) >= 0) {
                failing.set(row);
            }
            fill(row, space.values(rows[row]));
        }
    }

    private void fill(int row, Map<String, Object> point) {
        Iterator<Object> each = point.values().iterator();
        for (int column = 0; column < names.size(); column++) {
            values[column][row] = each.next();
        }
    }

    private static int[] count(long[] rows, long[] indices, long points) {
        int[] counts = new int[rows.length];
        for (long index : indices) {
            counts[Arrays.binarySearch(rows, index % points)]++;
        }
        return counts;
    }

    List<String> names() {
        return names;
    }

    @Nullable
    Object[] column(int column) {
        return values[column];
    }

    int rows() {
        return failures.length;
    }

    /** The rows with a failure of the group. */
    BitSet failing() {
        return failing;
    }

    /** Failures of the group in some rows. */
    long failures(BitSet rows) {
        return rows.stream().mapToLong(row -> failures[row]).sum();
    }

    /** Successes in some rows. */
    long successes(BitSet rows) {
        return rows.stream().mapToLong(row -> successes[row]).sum();
    }

    long failures() {
        return allFailures;
    }

    long successes() {
        return allSuccesses;
    }

    /** The share of failures among the outcomes of which these are a sample. */
    double purity(long failed, long succeeded) {
        double all = failed * eachFailure + succeeded * eachSuccess;
        return all == 0 ? 0 : failed * eachFailure / all;
    }
}
