package io.jobmon.core.result;

import io.jobmon.FailureRegion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Looks for one to three conditions that tell failing points from others. What it tries, and when it claims, is written at
 * {@link FailureRegion}. For one thread.
 */
final class RegionSearch {

    private static final double PURE = 0.95;
    private static final int POOL = 64;
    private static final int PAIRS = 32;

    /** The chance of a false claim that is put up with, for one, two and three conditions. */
    private static final double[] LEVELS = {0.005, 0.003, 0.002};

    private final PointTable table;
    private final BitSet failing;
    private double family;

    RegionSearch(PointTable table) {
        this.table = table;
        this.failing = table.failing();
    }

    /** Some conditions, where all of them hold, points there without failures, and those and failing points elsewhere. */
    private record Found(List<Conditions.Tried> parts, BitSet rows, int inside, int errors) {}

    Optional<FailureRegion> best() {
        List<Found> singles = singles();
        List<Found> pool = singles.subList(0, Math.min(POOL, singles.size()));
        List<Found> pairs = joined(pool, pool);
        List<Found> triples = joined(pairs.subList(0, Math.min(PAIRS, pairs.size())), pool);
        List<Found> all = new ArrayList<>(singles);
        all.addAll(pairs);
        all.addAll(triples);
        all.sort(Comparator.comparingDouble(this::cost));
        return all.stream().map(this::claim).flatMap(Optional::stream).findFirst();
    }

    private List<Found> singles() {
        List<Found> singles = new ArrayList<>();
        Set<BitSet> seen = new HashSet<>();
        for (int column = 0; column < table.names().size(); column++) {
            Conditions conditions = new Conditions(table.names().get(column), table.column(column), failing);
            family += conditions.family();
            for (Conditions.Tried tried : conditions.tried()) {
                if (seen.add(tried.rows())) {
                    singles.add(found(List.of(tried), tried.rows()));
                }
            }
        }
        singles.sort(Comparator.comparingInt(Found::errors));
        return singles;
    }

    private Found found(List<Conditions.Tried> parts, BitSet rows) {
        BitSet wrong = (BitSet) rows.clone();
        wrong.xor(failing);
        BitSet inside = (BitSet) rows.clone();
        inside.andNot(failing);
        return new Found(parts, rows, inside.cardinality(), wrong.cardinality());
    }

    /** Each of some with one more condition, the best first. */
    private List<Found> joined(List<Found> some, List<Found> more) {
        List<Found> joined = new ArrayList<>();
        Set<BitSet> seen = new HashSet<>();
        for (Found one : some) {
            for (Found other : more) {
                BitSet rows = (BitSet) one.rows.clone();
                rows.and(other.rows);
                if (!rows.equals(one.rows) && !rows.equals(other.rows) && seen.add(rows)) {
                    List<Conditions.Tried> parts = new ArrayList<>(one.parts);
                    parts.addAll(other.parts);
                    joined.add(found(parts, rows));
                }
            }
        }
        joined.sort(Comparator.comparingInt(Found::errors));
        return joined;
    }

    /** The length of a message that names the conditions and the points at which they err. */
    private double cost(Found found) {
        return found.errors * Math.log(table.rows() + 1.0) + found.parts.size() * Math.log(family + 1.0);
    }

    private Optional<FailureRegion> claim(Found found) {
        long covered = table.failures(found.rows);
        long succeeded = table.successes(found.rows);
        if (covered < (1 - Conditions.MISSED) * table.failures() || table.purity(covered, succeeded) < PURE) {
            return Optional.empty();
        }
        double chance = chance(found);
        if (chance > LEVELS[found.parts.size() - 1]) {
            return Optional.empty();
        }
        return Optional.of(new FailureRegion(
                found.parts.stream()
                        .map(Conditions.Tried::condition)
                        .sorted(Comparator.comparingInt((FailureRegion.Condition condition) ->
                                        table.names().indexOf(condition.parameter()))
                                .thenComparing(FailureRegion.Condition::relation))
                        .toList(),
                covered,
                table.failures(),
                succeeded,
                table.successes(),
                chance));
    }

    private double chance(Found found) {
        BitSet both = (BitSet) found.rows.clone();
        both.and(failing);
        double one = HypergeometricDistribution.of(table.rows(), failing.cardinality(), found.rows.cardinality())
                .survivalProbability(both.cardinality() - 1);
        double conjunctions = 1;
        for (int k = 0; k < found.parts.size(); k++) {
            conjunctions *= (family - k) / (k + 1);
        }
        return Math.min(1, one * Math.max(1, conjunctions));
    }
}
