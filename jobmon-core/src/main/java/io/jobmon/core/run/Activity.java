package io.jobmon.core.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a worker's slots do now, and what they have done since it started.
 *
 * <p>Thread safety: any number of threads.
 */
public final class Activity {

    private static final int PROGRESS_SHOWN = 16;

    private final Slots slots;
    private final LongAdder ended = new LongAdder();
    private final LongAdder failures = new LongAdder();

    Activity(Slots slots) {
        this.slots = slots;
    }

    void ended(int experiments) {
        ended.add(experiments);
    }

    void failed() {
        failures.increment();
    }

    /**
     * How many experiments have ended here, by a result or a failure.
     *
     * @return the number
     */
    public long ended() {
        return ended.sum();
    }

    /**
     * How many attempts have failed here.
     *
     * @return the number
     */
    public long failures() {
        return failures.sum();
    }

    /**
     * Whether an experiment is being run at this moment; an outcome that waits for Redis does not count.
     *
     * @return true if so
     */
    public boolean running() {
        return slots.slots().stream().anyMatch(slot -> slot.runner.current() != null);
    }

    /**
     * The jobs whose experiments are being run or wait for a slot.
     *
     * @return their names
     */
    public Set<String> jobs() {
        Set<String> names = new TreeSet<>();
        slots.slices()
                .forEach(slice -> names.add(slice.sweep().meta().identity().name()));
        return names;
    }

    /**
     * How far running experiments say they are.
     *
     * @return experiment id to fraction, of those that say it, at most 16
     */
    public Map<String, Double> progress() {
        Map<String, Double> said = new TreeMap<>();
        for (Slots.Slot slot : slots.slots()) {
            Execution execution = slot.runner.current();
            if (execution != null && !Double.isNaN(execution.lastProgress()) && said.size() < PROGRESS_SHOWN) {
                said.put(execution.id(), execution.lastProgress());
            }
        }
        return said;
    }
}
