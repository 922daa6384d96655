package io.jobmon.core.space;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points one by one: the columns are as long as the space. */
final class PointsLayout extends Layout {

    private final int size;
    private volatile @Nullable Map<String, Integer> indices;

    PointsLayout(List<Column> columns, int size) {
        super(columns);
        this.size = size;
    }

    @Override
    long size() {
        return size;
    }

    @Override
    int[] digits(long point) {
        int[] digits = new int[columns.length];
        Arrays.fill(digits, (int) point);
        return digits;
    }

    @Override
    @Nullable
    Object[] bound(long point) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i].bound((int) point);
        }
        return values;
    }

    @Override
    long indexOf(String canonical) {
        return indices().getOrDefault(canonical, -1);
    }

    /** The first of two equal points, if there are any. */
    int duplicate() {
        Map<String, Integer> map = indices();
        for (int i = 0; map.size() < size && i < size; i++) {
            if (!Integer.valueOf(i).equals(map.get(canonical(i)))) {
                return i;
            }
        }
        return -1;
    }

    private Map<String, Integer> indices() {
        Map<String, Integer> map = indices;
        if (map == null) {
            map = new HashMap<>();
            for (int i = 0; i < size; i++) {
                map.putIfAbsent(canonical(i), i);
            }
            indices = map;
        }
        return map;
    }

    @Override
    int largestPoint() {
        int largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, bytes(canonical(i)));
        }
        return largest;
    }
}
