package io.jobmon.core.result;

import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.queue.StoredBlock;
import org.jspecify.annotations.Nullable;

/** Takes the values out of blocks. For one thread. */
final class Outcomes<R> {

    private final OutcomeType.Reader<R> reader;
    private final @Nullable Object[] values = new @Nullable Object[StoredBlock.SIZE];

    Outcomes(OutcomeType<R> type) {
        reader = type.reader();
    }

    /** Reads a block; {@link #value} then gives what is in it. */
    void open(StoredBlock block) {
        if (block.contiguous()) {
            byte[] payload = block.payload();
            reader.over(payload, 0, payload.length);
            for (int i = 0; i < StoredBlock.SIZE; i++) {
                values[i] = reader.next();
            }
            return;
        }
        for (int i = 0; i < StoredBlock.SIZE; i++) {
            values[i] = null;
            if (block.state(i) == StoredBlock.RESULT) {
                byte[] list = block.value(i);
                reader.over(list, 0, list.length);
                values[i] = reader.next();
            }
        }
    }

    /** The value at a place whose state is a result. */
    @SuppressWarnings({"unchecked", "NullAway"})
    R value(int i) {
        return (R) values[i];
    }
}
