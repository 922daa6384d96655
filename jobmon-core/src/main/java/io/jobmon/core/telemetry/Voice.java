package io.jobmon.core.telemetry;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose thread this is: a slot's, so that a line logged here belongs to the experiment that it runs. Set once for a thread,
 * asked when something is logged.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Voice {

    /**
     * What runs.
     *
     * @param job the job's name
     * @param experiment the experiment's id
     */
    public record Origin(String job, String experiment) {

        /** Nothing. */
        public static final Origin NONE = new Origin("", "");
    }

    record Speaker(Relay relay, Supplier<Origin> origin) {}

    private static final ThreadLocal<@Nullable Speaker> HERE = new ThreadLocal<>();

    private Voice() {}

    /**
     * Says whose thread this is, from now on.
     *
     * @param relay the worker's
     * @param origin tells what runs, on this thread
     */
    public static void of(Relay relay, Supplier<Origin> origin) {
        HERE.set(new Speaker(relay, origin));
    }

    static @Nullable Speaker here() {
        return HERE.get();
    }
}
