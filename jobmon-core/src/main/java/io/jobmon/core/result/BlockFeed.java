package io.jobmon.core.result;

import io.jobmon.JobMonException;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepReader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Reads blocks that hold something, in batches, one batch ahead of what is asked for. For one thread. */
final class BlockFeed implements Iterator<StoredBlock> {

    static final int BATCH = 64;

    /** Numbers of the blocks to read, ascending; -1 at the end. */
    interface Numbers {
        long next();
    }

    private final SweepReader reader;
    private final Numbers numbers;
    private final Deque<StoredBlock> ready = new ArrayDeque<>();
    private @Nullable CompletableFuture<List<StoredBlock>> ahead;

    BlockFeed(SweepReader reader, Numbers numbers) {
        this.reader = reader;
        this.numbers = numbers;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty()) {
            CompletableFuture<List<StoredBlock>> now = ahead == null ? fetch() : ahead;
            if (now == null) {
                return false;
            }
            ahead = fetch();
            ready.addAll(got(now));
        }
        return true;
    }

    @Override
    public StoredBlock next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private @Nullable CompletableFuture<List<StoredBlock>> fetch() {
        long[] batch = new long[BATCH];
        int size = 0;
        while (size < BATCH) {
            long block = numbers.next();
            if (block < 0) {
                break;
            }
            batch[size++] = block;
        }
        return size == 0 ? null : reader.read(Arrays.copyOf(batch, size));
    }

    /** Waits for blocks; what keeps them from being read is thrown as it is. */
    static List<StoredBlock> got(CompletableFuture<List<StoredBlock>> blocks) {
        try {
            return blocks.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JobMonException refused) {
                throw refused;
            }
            throw new JobMonException(
                    "The results cannot be read from Redis: " + e.getCause() + "; read them again.", e);
        }
    }
}
