package io.jobmon.core.result;

import io.jobmon.FailureRegion.Condition;
import io.jobmon.FailureRegion.Relation;
import io.jobmon.core.codec.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on one parameter that hold for nearly all failing points, and how many conditions on it there are in all. For
 * one thread.
 */
final class Conditions {

    /** Failures outside a region that are put up with. */
    static final double MISSED = 0.05;

    /** Of more different values only single ones are tried. */
    private static final int SETS = 100;

    private static final int LARGEST_SET = 3;

    /**
     * A condition.
     *
     * @param condition what it says
     * @param rows where it holds
     */
    record Tried(Condition condition, BitSet rows) {}

    private final String name;
    private final boolean ordered;
    private final List<Object> values;
    private final int[] codes;
    private final int[] failing;
    private final int missable;

    /**
     * Looks at a parameter.
     *
     * @param name its name
     * @param column its values, a row each
     * @param failing the rows with a failure
     */
    Conditions(String name, @Nullable Object[] column, BitSet failing) {
        this.name = name;
        this.ordered = Arrays.stream(column).allMatch(value -> value instanceof Number);
        TreeMap<Object, Integer> numbers = ordered
                ? new TreeMap<>(Comparator.comparing(value -> decimal((Number) value)))
                : new TreeMap<>(Comparator.comparing(String::valueOf));
        Object[] plain = Arrays.stream(column)
                .map(value -> ordered && value != null ? value : plain(value))
                .toArray();
        for (Object value : plain) {
            numbers.put(value, 0);
        }
        this.values = List.copyOf(numbers.keySet());
        int code = 0;
        for (Object value : values) {
            numbers.put(value, code++);
        }
        this.codes = Arrays.stream(plain).mapToInt(numbers::get).toArray();
        this.failing = failing.stream().map(row -> codes[row]).sorted().toArray();
        this.missable = (int) Math.floor(MISSED * this.failing.length);
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        return number instanceof Double || number instanceof Float
                ? BigDecimal.valueOf(number.doubleValue())
                : BigDecimal.valueOf(number.longValue());
    }

    private static Object plain(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Character) {
            return value;
        }
        return value instanceof Enum<?> constant ? constant.name() : Json.canonical(value);
    }

    /** How many different conditions there are that hold for some points and not for all. */
    double family() {
        double m = values.size();
        if (m < 2) {
            return 0;
        }
        if (ordered) {
            // m - 1 bounds from below, as many from above, m single values, two of which are bounds.
            return m == 2 ? 2 : 3 * m - 4;
        }
        double sets = m;
        if (m <= SETS) {
            sets += m > 2 ? m * (m - 1) / 2 : 0;
            sets += m > 3 ? m * (m - 1) * (m - 2) / 6 : 0;
        }
        return sets;
    }

    /** Those that hold for nearly all failing points. */
    List<Tried> tried() {
        List<Tried> tried = new ArrayList<>();
        if (values.size() < 2 || failing.length == 0) {
            return tried;
        }
        if (ordered && values.size() > 2) {
            bounds(tried);
        }
        sets(tried);
        return tried;
    }

    private void bounds(List<Tried> tried) {
        TreeSet<Integer> lowest = new TreeSet<>();
        TreeSet<Integer> highest = new TreeSet<>();
        int all = failing.length;
        for (int missed : new int[] {0, 1, 2, 3, all / 100, all / 50, missable}) {
            if (missed <= missable) {
                lowest.add(failing[missed]);
                highest.add(failing[all - 1 - missed]);
            }
        }
        lowest.remove(0);
        highest.remove(values.size() - 1);
        lowest.forEach(code -> tried.add(tried(Relation.AT_LEAST, code, values.size() - 1, List.of(code))));
        highest.forEach(code -> tried.add(tried(Relation.AT_MOST, 0, code, List.of(code))));
    }

    private Tried tried(Relation relation, int from, int to, List<Integer> shown) {
        BitSet rows = new BitSet(codes.length);
        for (int row = 0; row < codes.length; row++) {
            rows.set(row, codes[row] >= from && codes[row] <= to);
        }
        return new Tried(
                new Condition(name, relation, shown.stream().map(values::get).toList()), rows);
    }

    private void sets(List<Tried> tried) {
        int[] counts = new int[values.size()];
        for (int code : failing) {
            counts[code]++;
        }
        int[] frequent = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing((Integer code) -> -counts[code]))
                .limit(LARGEST_SET)
                .mapToInt(Integer::intValue)
                .toArray();
        int most = ordered || values.size() > SETS ? 1 : Math.min(frequent.length, values.size() - 1);
        int covered = 0;
        for (int size = 1; size <= most && counts[frequent[size - 1]] > 0; size++) {
            covered += counts[frequent[size - 1]];
            if (covered >= failing.length - missable && !isBound(size, frequent[0])) {
                tried.add(set(Arrays.copyOf(frequent, size)));
            }
        }
    }

    /** The lowest and the highest of three numbers or more are shown as bounds. */
    private boolean isBound(int size, int code) {
        return ordered && size == 1 && values.size() > 2 && (code == 0 || code == values.size() - 1);
    }

    private Tried set(int[] chosen) {
        int[] sorted = chosen.clone();
        Arrays.sort(sorted);
        BitSet rows = new BitSet(codes.length);
        for (int row = 0; row < codes.length; row++) {
            rows.set(row, Arrays.binarySearch(sorted, codes[row]) >= 0);
        }
        return new Tried(
                new Condition(
                        name,
                        Relation.IN,
                        Arrays.stream(sorted).mapToObj(values::get).toList()),
                rows);
    }
}
