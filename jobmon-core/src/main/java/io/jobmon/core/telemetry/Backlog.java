package io.jobmon.core.telemetry;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent, bounded by number and size; what does not fit is counted.
 *
 * <p>Thread safety: any number of threads.
 */
final class Backlog {

    private static final int ENTRIES = 8192;
    private static final long CHARACTERS = 4 << 20;

    private final ArrayBlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(ENTRIES);
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    /** Never waits. */
    void add(Entry entry) {
        int size = entry.size();
        if (characters.addAndGet(size) > CHARACTERS || !waiting.offer(entry)) {
            characters.addAndGet(-size);
            lost.incrementAndGet();
        }
    }

    /** How many did not fit. */
    long lost() {
        return lost.get();
    }

    /** Waits for the first. */
    @Nullable
    Entry poll(long millis) throws InterruptedException {
        Entry entry = waiting.poll(millis, TimeUnit.MILLISECONDS);
        if (entry != null) {
            characters.addAndGet(-entry.size());
        }
        return entry;
    }

    /** Whether so much waits. */
    boolean fills(int entries, long size) {
        return waiting.size() >= entries || characters.get() >= size;
    }

    /** Takes more, until a batch is so large. */
    void drain(List<Entry> batch, int most, int mostCharacters) {
        int size = batch.stream().mapToInt(Entry::size).sum();
        while (batch.size() < most && size < mostCharacters) {
            Entry entry = waiting.poll();
            if (entry == null) {
                return;
            }
            characters.addAndGet(-entry.size());
            size += entry.size();
            batch.add(entry);
        }
    }
}
