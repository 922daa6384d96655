package io.jobmon.core.plot;

import io.jobmon.JobMonException;
import io.jobmon.spi.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The different values of an axis: numbers ascending, others in the order of the sweep. For one thread. */
final class AxisValues {

    private static final int SHOWN = 40;

    private final String name;
    private final boolean numeric;
    private final List<Object> keys;
    private final Map<Object, Integer> places = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    /**
     * Sorts the values.
     *
     * @param name the axis
     * @param values its values, each as often as it occurs
     */
    AxisValues(String name, List<? extends @Nullable Object> values) {
        this.name = name;
        Map<Object, String> different = new LinkedHashMap<>();
        boolean numbers = true;
        for (Object value : values) {
            numbers &= value != null && Values.isNumber(value);
            different.computeIfAbsent(key(value), key -> text(value));
        }
        this.numeric = numbers;
        this.keys = new ArrayList<>(different.keySet());
        if (numeric) {
            keys.sort((one, other) -> Double.compare(number(one), number(other)));
        }
        for (Object key : keys) {
            places.put(key, places.size());
            texts.add(different.get(key));
        }
    }

    /** What values share if they are the same: constants of an enum and booleans are their names. */
    static Object key(@Nullable Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof Character || value instanceof Boolean || value instanceof CharSequence) {
            return value.toString();
        }
        return value instanceof Enum<?> constant ? constant.name() : Values.key(value);
    }

    static String text(@Nullable Object value) {
        Object key = key(value);
        String text = key instanceof BigDecimal decimal ? decimal.toPlainString() : key.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    }

    private static double number(Object key) {
        return ((Number) key).doubleValue();
    }

    int size() {
        return keys.size();
    }

    boolean numeric() {
        return numeric;
    }

    boolean whole() {
        return keys.stream().allMatch(key -> key instanceof Long);
    }

    boolean has(Object key) {
        return places.containsKey(key);
    }

    /** Where a value stands among the others. */
    int place(@Nullable Object value) {
        Integer place = places.get(key(value));
        if (place == null) {
            throw new IllegalArgumentException(name + " has no value " + Values.show(value));
        }
        return place;
    }

    /** Where a value is drawn: a number at itself, others side by side. */
    double position(int place) {
        return numeric ? number(keys.get(place)) : place;
    }

    double[] positions() {
        double[] positions = new double[keys.size()];
        for (int place = 0; place < positions.length; place++) {
            positions[place] = position(place);
        }
        return positions;
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    /** Some of the values, for a message. */
    String shown() {
        int most = 8;
        return String.join(", ", texts.subList(0, Math.min(most, texts.size())))
                + (texts.size() > most ? ", ... " + texts.get(texts.size() - 1) : "");
    }

    /** Refuses a logarithmic scale where there is none. */
    void checkLogarithmic(boolean logarithmic) {
        if (!logarithmic) {
            return;
        }
        if (!numeric) {
            throw new JobMonException("The axis '" + name + "' has the values " + shown()
                    + ", which are not all numbers; a logarithmic scale is for numbers.");
        }
        if (!keys.isEmpty() && number(keys.get(0)) <= 0) {
            throw new JobMonException("The axis '" + name + "' has the value " + texts.get(0)
                    + "; a logarithmic scale is for positive numbers.");
        }
    }
}
