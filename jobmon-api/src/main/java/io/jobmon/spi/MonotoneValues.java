package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.util.Locale;

/** Doubles that only grow or only fall with the index. */
abstract class MonotoneValues implements AxisValues {

    /** Up to here neighbours are compared one by one where they may be the same double. */
    private static final int COMPARED_ONE_BY_ONE = 65_536;

    final int size;

    MonotoneValues(int size) {
        this.size = size;
    }

    abstract double at(int index);

    /** About where a number lies; may be wrong, infinite or NaN. */
    abstract double guess(double value);

    /** Whether neighbours are so far apart that no two can be rounded to one double. False: perhaps not. */
    abstract boolean surelyDistinct();

    @Override
    public final Object value(int index) {
        return at(index);
    }

    @Override
    public final int indexOf(Object value) {
        Object key = Values.key(value);
        double target;
        if (key instanceof Double number) {
            target = number;
        } else if (key instanceof Long whole && Math.abs(whole) <= Values.EXACT_IN_DOUBLE) {
            target = whole;
        } else {
            return -1;
        }
        double guessed = guess(target);
        if (guessed > -2 && guessed < size + 1.0) {
            int near = (int) Math.rint(guessed);
            for (int i = Math.max(0, near - 1); i <= Math.min(size - 1, near + 1); i++) {
                if (at(i) == target) {
                    return i;
                }
            }
        }
        return bisect(target);
    }

    private int bisect(double target) {
        boolean growing = at(size - 1) >= at(0);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            double value = at(middle);
            if (value == target) {
                return middle;
            }
            if (value < target == growing) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    final void checkDistinct() {
        for (int end : new int[] {0, size - 1}) {
            if (!Double.isFinite(at(end))) {
                throw new JobMonException(
                        "The value at index " + end + " is too large for a double; take fewer values.");
            }
        }
        if (surelyDistinct()) {
            return;
        }
        if (size > COMPARED_ONE_BY_ONE) {
            throw new JobMonException(String.format(
                    Locale.ROOT,
                    "%,d values from %s to %s lie closer together than a double can tell; take fewer.",
                    size,
                    at(0),
                    at(size - 1)));
        }
        for (int i = 1; i < size; i++) {
            if (at(i) == at(i - 1)) {
                throw new JobMonException("The values at index " + (i - 1) + " and " + i + " are the same double, "
                        + at(i) + "; take fewer values, or a wider range.");
            }
        }
    }
}
