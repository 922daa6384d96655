package io.jobmon.core.host;

import io.jobmon.Bundle;
import io.jobmon.SyncProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Adds up what hosts say of one sync, and tells of it now and then. Thread safety: any number of threads. */
final class SyncTally {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What one host has said last. */
    private record Part(long lacking, long moved) {}

    private final int hosts;
    private final Consumer<? super SyncProgress> listener;
    private final LongSupplier nanos;
    private final long begin;
    private final Map<String, Part> parts = new HashMap<>();
    private int done;
    private boolean ended;
    private long toldAt;

    SyncTally(int hosts, Consumer<? super SyncProgress> listener, LongSupplier nanos) {
        this.hosts = hosts;
        this.listener = listener;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.toldAt = begin - INTERVAL_NANOS;
    }

    Bundle.Watch of(String host) {
        return (lacking, moved) -> said(host, new Part(lacking, moved));
    }

    private synchronized void said(String host, Part part) {
        parts.put(host, part);
        if (nanos.getAsLong() - toldAt >= INTERVAL_NANOS) {
            tell(false);
        }
    }

    synchronized void done() {
        done++;
        tell(false);
    }

    /** What is said after this is said to nobody: a copy that was cut off may take its time. */
    synchronized void end() {
        tell(true);
        ended = true;
    }

    private void tell(boolean last) {
        if (ended) {
            return;
        }
        toldAt = nanos.getAsLong();
        listener.accept(new SyncProgress(
                hosts,
                done,
                parts.values().stream().mapToLong(Part::lacking).sum(),
                parts.values().stream().mapToLong(Part::moved).sum(),
                Duration.ofNanos(toldAt - begin),
                last));
    }
}
