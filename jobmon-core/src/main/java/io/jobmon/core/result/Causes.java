package io.jobmon.core.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobmon.Failure;
import io.jobmon.core.codec.Json;
import io.jobmon.core.queue.SweepReader;
import java.util.Map;
import java.util.Optional;
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

    /** The failure with what its process printed. */
    static Failure printed(SweepReader reader, long index, Failure failure) {
        Optional<byte[]> output = reader.output(index);
        if (output.isEmpty() || !(Json.parse(new String(output.get(), UTF_8)) instanceof Map<?, ?> texts)) {
            return failure;
        }
        return new Failure(
                failure.type(), failure.message(), failure.stack(), text(texts, "stdout"), text(texts, "stderr"));
    }

    private static String text(Map<?, ?> texts, String name) {
        return texts.get(name) instanceof String text ? text : "";
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
