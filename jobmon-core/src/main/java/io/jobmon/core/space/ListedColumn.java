package io.jobmon.core.space;

import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.ParameterType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values one by one. Scalars are converted once, structures by each call. */
final class ListedColumn extends Column {

    private final ParameterType<?> type;
    private final @Nullable Object[] trees;
    private final @Nullable Object[] scalars;
    private final boolean[] structured;
    private final String[] json;
    private volatile @Nullable Map<String, Integer> indices;

    ListedColumn(String name, List<? extends @Nullable Object> values, ParameterType<?> type) {
        super(name, values.size());
        this.type = type;
        this.trees = new @Nullable Object[size];
        this.scalars = new @Nullable Object[size];
        this.structured = new boolean[size];
        this.json = new String[size];
        for (int i = 0; i < size; i++) {
            Object converted = type.convert(name, values.get(i));
            trees[i] = type.tree(name, converted);
            json[i] = Json.canonical(trees[i]);
            structured[i] = !isScalar(converted);
            scalars[i] = structured[i] ? null : converted;
        }
    }

    @Override
    @Nullable
    Object bound(int index) {
        return structured[index] ? type.convert(name, trees[index]) : scalars[index];
    }

    @Override
    @Nullable
    Object shown(int index) {
        return structured[index] ? trees[index] : scalars[index];
    }

    @Override
    @Nullable
    Object tree(int index) {
        return trees[index];
    }

    @Override
    String json(int index) {
        return json[index];
    }

    @Override
    int indexOf(String text, @Nullable Object tree) {
        return indices().getOrDefault(text, -1);
    }

    /** The second of two equal values, if there are any. */
    int duplicate() {
        Map<String, Integer> map = indices();
        for (int i = 0; map.size() < size && i < size; i++) {
            if (!Integer.valueOf(i).equals(map.get(json[i]))) {
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
                map.putIfAbsent(json[i], i);
            }
            indices = map;
        }
        return map;
    }

    @Override
    int longest() {
        int longest = 0;
        for (String text : json) {
            longest = Math.max(longest, Layout.bytes(text));
        }
        return longest;
    }
}
