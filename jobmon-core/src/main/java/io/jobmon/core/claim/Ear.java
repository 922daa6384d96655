package io.jobmon.core.claim;

import io.jobmon.core.queue.Signals;
import io.jobmon.core.run.SweepRun;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Hears of new work, of cancelled sweeps, and of who listens. Thread safety: any number of threads. */
final class Ear implements Signals.Listener {

    private final Catalog catalog;
    private final Claimer claimer;
    private final Supplier<Neighbours> neighbours;
    private final Runnable hurry;

    Ear(Catalog catalog, Claimer claimer, Supplier<Neighbours> neighbours, Runnable hurry) {
        this.catalog = catalog;
        this.claimer = claimer;
        this.neighbours = neighbours;
        this.hurry = hurry;
    }

    @Override
    public void monitored() {
        hurry.run();
    }

    @Override
    public void work(String base, long amount) {
        if (!catalog.holds(base)) {
            return;
        }
        double workers = neighbours.get().workers();
        if (amount * 4.0 / workers >= ThreadLocalRandom.current().nextDouble()) {
            claimer.wake();
        }
    }

    @Override
    public void event(String sweep, String what) {
        if (what.equals("cancelled")) {
            for (SweepRun<?, ?> run : catalog.runs()) {
                if (run.sweep().equals(sweep)) {
                    run.state(what);
                }
            }
        }
    }
}
