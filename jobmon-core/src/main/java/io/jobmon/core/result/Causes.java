package io.jobmon.core.result;

import io.jobmon.Failure;
import io.jobmon.core.queue.SweepReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The causes of dead letters, read when the first is asked for, and again when a new one appears. For one thread. */
final class Causes {

    private static final Failure NOT_KEPT =
            new Failure("(cause not kept)", "only the first 1,000 different causes of a sweep are stored", "");

    private final SweepReader reader;
    private Map<Integer, Failure> known = Map.of();

    Causes(SweepReader reader) {
        this.reader = reader;
    }

    Failure of(int cause) {
        if (cause < 0) {
            return NOT_KEPT;
        }
        @Nullable Failure failure = known.get(cause);
        if (failure == null) {
            known = reader.causes();
            failure = known.get(cause);
        }
        return failure == null ? NOT_KEPT : failure;
    }
}
