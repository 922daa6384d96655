package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values one by one, with an index by value that is made when first needed. */
final class ListedValues implements AxisValues {

    private final List<Object> elements;
    private volatile @Nullable Map<Object, Integer> indices;

    ListedValues(List<Object> elements) {
        this.elements = elements;
    }

    static List<Object> checked(List<?> given) {
        if (given.isEmpty()) {
            throw new JobMonException("There are no values; list at least one.");
        }
        if (given.size() > AxisSpec.Listed.MAX_SIZE) {
            throw new JobMonException(String.format(
                    Locale.ROOT,
                    "There are more than %,d listed values; compute them with Axis.range, linspace or logspace, which cost"
                            + " nothing.",
                    AxisSpec.Listed.MAX_SIZE));
        }
        List<Object> elements = new ArrayList<>(given.size());
        Map<Object, Integer> seen = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            Object element = Values.axisValue(given.get(i), "Value " + (i + 1));
            elements.add(element);
            checkKind(elements.get(0), element, i);
            Integer before = seen.putIfAbsent(Values.key(element), i);
            if (before != null) {
                throw new JobMonException("Values " + (before + 1) + " and " + (i + 1) + " are the same, "
                        + Values.show(elements.get(before)) + " and " + Values.show(element)
                        + "; list each once (replicates(n) runs a point more than once).");
            }
        }
        return List.copyOf(elements);
    }

    private static void checkKind(Object first, Object element, int i) {
        if (!Values.kind(first).equals(Values.kind(element))) {
            throw new JobMonException("The values are of different kinds: " + Values.show(first) + " is "
                    + Values.kind(first) + ", but value " + (i + 1) + ", " + Values.show(element) + ", is "
                    + Values.kind(element) + "; make them one kind.");
        }
    }

    @Override
    public Object value(int index) {
        return elements.get(index);
    }

    @Override
    public int indexOf(Object value) {
        Map<Object, Integer> map = indices;
        if (map == null) {
            map = new HashMap<>();
            for (int i = 0; i < elements.size(); i++) {
                map.put(Values.key(elements.get(i)), i);
            }
            indices = map;
        }
        return map.getOrDefault(Values.key(value), -1);
    }
}
