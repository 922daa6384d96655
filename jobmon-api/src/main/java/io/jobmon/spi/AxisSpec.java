package io.jobmon.spi;

import io.jobmon.JobMonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * How the values of an axis come about. Index to value is frozen for ever: sweeps that were posted years ago are read with
 * it. Every record refuses, with a {@link JobMonException}, what makes no axis. Thread safety: immutable.
 */
public sealed interface AxisSpec {

    /**
     * How many values there are.
     *
     * @return the number, at least 1
     */
    int size();

    /**
     * The values.
     *
     * @return the values, computed when asked for
     */
    AxisValues values();

    /**
     * Values one by one.
     *
     * @param elements numbers, booleans, strings, characters, enum constants, lists, maps or records; all of one kind, none
     *     twice
     */
    record Listed(List<Object> elements) implements AxisSpec {

        /** The most values a list may have. */
        public static final int MAX_SIZE = 1_000_000;

        /** Copies and checks the values. */
        public Listed {
            elements = ListedValues.checked(elements);
        }

        @Override
        public int size() {
            return elements.size();
        }

        @Override
        public AxisValues values() {
            return new ListedValues(elements);
        }
    }

    /**
     * Whole numbers: {@code from + step * index}.
     *
     * @param from the first
     * @param step the distance, not 0
     * @param size how many
     */
    record LongRange(long from, long step, int size) implements AxisSpec {

        /** Checks that the step is not 0 and the last value is a long. */
        public LongRange {
            checkSize(size);
            if (step == 0) {
                throw new JobMonException("The step is 0; give the distance between two values.");
            }
            BigInteger last = BigInteger.valueOf(step)
                    .multiply(BigInteger.valueOf(size - 1L))
                    .add(BigInteger.valueOf(from));
            if (last.bitLength() > 63) {
                throw new JobMonException("The last value, " + last + ", is no long; take fewer values.");
            }
        }

        @Override
        public AxisValues values() {
            return new LongValues(from, step, size);
        }
    }

    /**
     * Numbers {@code from + step * index}, in decimal, rounded to 34 digits and then to a double.
     *
     * @param from the first: the shortest decimal of a double, without trailing zeros
     * @param step the distance: the shortest decimal of a double, not 0
     * @param size how many
     */
    record DecimalRange(BigDecimal from, BigDecimal step, int size) implements AxisSpec {

        /** Checks that the numbers are decimals of doubles and that no two values are the same double. */
        public DecimalRange {
            checkSize(size);
            checkDecimal(from);
            checkDecimal(step);
            if (step.signum() == 0) {
                throw new JobMonException("The step is 0; give the distance between two values.");
            }
            LinearValues.ofRange(from, step, size).checkDistinct();
        }

        @Override
        public AxisValues values() {
            return LinearValues.ofRange(from, step, size);
        }
    }

    /**
     * Numbers {@code (from * (size - 1 - index) + to * index) / (size - 1)}, in decimal, rounded to 34 digits and then to a
     * double.
     *
     * @param from the first: the shortest decimal of a double, without trailing zeros
     * @param to the last, likewise; another number
     * @param size how many, at least 2
     */
    record Linspace(BigDecimal from, BigDecimal to, int size) implements AxisSpec {

        /** Checks that the numbers are decimals of doubles and that no two values are the same double. */
        public Linspace {
            checkEnds(from, to, size);
            LinearValues.ofEnds(from, to, size).checkDistinct();
        }

        @Override
        public AxisValues values() {
            return LinearValues.ofEnds(from, to, size);
        }
    }

    /**
     * Numbers {@code from * (to / from) ^ (index / (size - 1))}, in decimal, rounded to 34 digits and then to a double.
     *
     * @param from the first: the shortest decimal of a double, without trailing zeros, above 0
     * @param to the last, likewise; another number
     * @param size how many, at least 2
     */
    record Logspace(BigDecimal from, BigDecimal to, int size) implements AxisSpec {

        /** Checks that the numbers are decimals of positive doubles and that no two values are the same double. */
        public Logspace {
            checkEnds(from, to, size);
            if (from.signum() <= 0 || to.signum() <= 0) {
                throw new JobMonException("Values in geometric spacing lie above 0, but the ends are " + from + " and "
                        + to + "; give two positive numbers (the values themselves, not their exponents).");
            }
            new LogValues(from, to, size).checkDistinct();
        }

        @Override
        public AxisValues values() {
            return new LogValues(from, to, size);
        }
    }

    private static void checkSize(int size) {
        if (size < 1) {
            throw new JobMonException("The number of values is " + size + "; it must be at least 1.");
        }
    }

    private static void checkDecimal(BigDecimal decimal) {
        if (!Decimals.isShortest(decimal)) {
            throw new JobMonException("The number is not the shortest decimal of a double, without trailing zeros.");
        }
    }

    private static void checkEnds(BigDecimal from, BigDecimal to, int size) {
        checkDecimal(from);
        checkDecimal(to);
        if (size < 2) {
            throw new JobMonException("The number of values is " + size + "; from " + from + " to " + to
                    + " it must be at least 2, so that both ends are there.");
        }
        if (from.compareTo(to) == 0) {
            throw new JobMonException("All values are " + from + "; give ends that differ, or n = 1.");
        }
    }
}
