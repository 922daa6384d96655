package io.jobmon.core.claim;

import io.jobmon.core.run.Allocation;
import io.jobmon.core.run.SweepRun;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can still be begun before the worker's allocation ends. For one thread. */
final class Horizon {

    private static final Logger LOG = LoggerFactory.getLogger(Horizon.class);

    private final Allocation allocation;
    private final String worker;
    private final Set<SweepRun<?, ?>> said = Collections.newSetFromMap(new WeakHashMap<>());

    Horizon(Allocation allocation, String worker) {
        this.allocation = allocation;
        this.worker = worker;
    }

    /** Whether an experiment of a sweep that begins now ends in time. */
    boolean fits(SweepRun<?, ?> run) {
        boolean fits = allocation.fitting(run.longest()) > 0;
        if (!fits && !allocation.over() && said.add(run)) {
            LOG.info(
                    "Experiments of {} take up to {} s here, and the allocation of worker {} ends in {} s; it begins no"
                            + " more of them.",
                    run.meta().identity().name(),
                    Math.round(run.longest() / 1e9),
                    worker,
                    allocation.left().toSeconds());
        }
        return fits;
    }

    /** How many experiments of a sweep one slot can run in time, at least one. */
    long fitting(SweepRun<?, ?> run) {
        return Math.max(1, allocation.fitting(run.longest()));
    }
}
