package io.jobmon.junit;

import io.jobmon.Result;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/** The outcomes of a sweep, which come in any order, to be taken by their indices. For one thread. */
final class Outcomes<P, R> implements AutoCloseable {

    private final Stream<Result<P, R>> stream;
    private final Iterator<Result<P, R>> coming;
    private final Map<Long, Result<P, R>> early = new HashMap<>();

    Outcomes(Stream<Result<P, R>> stream) {
        this.stream = stream;
        this.coming = stream.iterator();
    }

    /** Waits until an experiment has ended. Each can be taken once. */
    Result<P, R> take(long index) {
        Result<P, R> found = early.remove(index);
        while (found == null) {
            if (!coming.hasNext()) {
                throw new IllegalStateException("The sweep has ended without an outcome of experiment " + index + ".");
            }
            Result<P, R> next = coming.next();
            if (next.index() == index) {
                found = next;
            } else {
                early.put(next.index(), next);
            }
        }
        return found;
    }

    @Override
    public void close() {
        stream.close();
    }
}
