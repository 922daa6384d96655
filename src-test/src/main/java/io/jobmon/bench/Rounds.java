package io.jobmon.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What was measured in several rounds. For one thread. */
final class Rounds {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    double least() {
        return Collections.min(values);
    }

    double largest() {
        return Collections.max(values);
    }

    /** The median, and in brackets the least and the largest. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median(), least(), largest());
    }
}
