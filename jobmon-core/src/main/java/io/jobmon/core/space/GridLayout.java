package io.jobmon.core.space;

import io.jobmon.core.codec.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** All combinations of the columns; the last one is the fastest. */
final class GridLayout extends Layout {

    /** Up to this size a table remembers which value of one axis is which of another. */
    private static final int TABLE = 65_536;

    private final long size;

    GridLayout(List<Column> columns, long size) {
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
        long rest = point;
        for (int i = columns.length - 1; i >= 0; i--) {
            int base = columns[i].size;
            long quotient = quotient(rest, base);
            digits[i] = (int) (rest - quotient * base);
            rest = quotient;
        }
        return digits;
    }

    /** Most indices fit an int, and processors divide ints several times as fast. */
    private static long quotient(long rest, int base) {
        return rest <= Integer.MAX_VALUE ? (int) rest / base : rest / base;
    }

    @Override
    @Nullable
    Object[] bound(long point) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        long rest = point;
        for (int i = values.length - 1; i >= 0; i--) {
            Column column = columns[i];
            long quotient = quotient(rest, column.size);
            values[i] = column.bound((int) (rest - quotient * column.size));
            rest = quotient;
        }
        return values;
    }

    @Override
    long indexOf(String canonical) {
        if (!(Json.parse(canonical) instanceof Map<?, ?> values) || values.size() != columns.length) {
            return -1;
        }
        long index = 0;
        for (Column column : columns) {
            if (!values.containsKey(column.name)) {
                return -1;
            }
            Object value = values.get(column.name);
            int digit = column.indexOf(Json.canonical(value), value);
            if (digit < 0) {
                return -1;
            }
            index = index * column.size + digit;
        }
        return index;
    }

    @Override
    int largestPoint() {
        long bytes = frame();
        for (Column column : columns) {
            bytes += column.longest();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    boolean sameNames(GridLayout other) {
        return names().size() == other.names().size() && new HashSet<>(names()).containsAll(other.names());
    }

    LongUnaryOperator from(GridLayout donor) {
        int axes = donor.columns.length;
        IntUnaryOperator[] maps = new IntUnaryOperator[axes];
        long[] strides = new long[axes];
        long stride = 1;
        for (int i = columns.length - 1; i >= 0; i--) {
            int there = donor.names().indexOf(columns[i].name);
            maps[there] = map(donor.columns[there], columns[i]);
            strides[there] = stride;
            stride *= columns[i].size;
        }
        return point -> {
            long index = 0;
            long rest = point;
            for (int i = axes - 1; i >= 0; i--) {
                int base = donor.columns[i].size;
                int digit = maps[i].applyAsInt((int) (rest % base));
                if (digit < 0) {
                    return -1;
                }
                index += digit * strides[i];
                rest /= base;
            }
            return index;
        };
    }

    private static IntUnaryOperator map(Column from, Column to) {
        IntUnaryOperator find = index -> to.indexOf(from.json(index), from.tree(index));
        if (from.size > TABLE) {
            return find;
        }
        int[] table = new int[from.size]; // 0: not asked yet, else 2 more than the index; a race computes it twice
        return index -> {
            if (table[index] == 0) {
                table[index] = find.applyAsInt(index) + 2;
            }
            return table[index] - 2;
        };
    }
}
