package io.jobmon.spi;

/** from + step * index in whole numbers. */
record LongValues(long from, long step, int size) implements AxisValues {

    @Override
    public Object value(int index) {
        return at(index);
    }

    private long at(int index) {
        return from + step * index;
    }

    @Override
    public int indexOf(Object value) {
        Object key = Values.key(value);
        long target;
        if (key instanceof Long whole) {
            target = whole;
        } else if (key instanceof Double number
                && number == Math.rint(number)
                && number >= -0x1p63
                && number < 0x1p63) {
            target = number.longValue();
        } else {
            return -1;
        }
        boolean between =
                step > 0 ? from <= target && target <= at(size - 1) : at(size - 1) <= target && target <= from;
        if (!between) {
            return -1;
        }
        // Differences of longs may not fit a long, but as unsigned numbers they do.
        long distance = step > 0 ? target - from : from - target;
        long width = step > 0 ? step : -step;
        return Long.remainderUnsigned(distance, width) == 0 ? (int) Long.divideUnsigned(distance, width) : -1;
    }
}
