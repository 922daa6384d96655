package io.jobmon.junit;

import io.jobmon.JobMonListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which sweeps of a server a connection made, and which were there before it posted them: Redis says so with each post,
 * and the connection tells it some milliseconds later. Thread safety: any number of threads.
 */
final class Origins implements JobMonListener {

    private final Map<String, Integer> posts = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private final long patience;

    Origins(long patienceNanos) {
        this.patience = patienceNanos;
    }

    @Override
    public synchronized void posted(Posted event) {
        if (!event.known()) {
            made.add(event.sweep());
        }
        posts.merge(event.sweep(), 1, Integer::sum);
        notifyAll();
    }

    /** What is known of a sweep. */
    enum Origin {
        MADE,
        THERE_BEFORE,
        UNKNOWN
    }

    /** Waits until the connection has told of so many posts of a sweep. */
    synchronized Origin of(String sweep, int number) {
        long end = System.nanoTime() + patience;
        while (!made.contains(sweep) && posts.getOrDefault(sweep, 0) < number) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Origin.UNKNOWN;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Origin.UNKNOWN;
            }
        }
        return made.contains(sweep) ? Origin.MADE : Origin.THERE_BEFORE;
    }
}
