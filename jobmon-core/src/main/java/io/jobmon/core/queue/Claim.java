package io.jobmon.core.queue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Indices of a sweep that belong to one worker for as long as it renews their lease.
 *
 * <p>Thread safety: immutable.
 */
public final class Claim {

    private final String request;
    private final long epoch;
    private final boolean suspect;
    private final long from;
    private final long to;
    private final long @Nullable [] list;
    private final byte[] bits;
    private final Map<Long, Integer> failures;
    private final int workerNumber;

    Claim(
            String request,
            long epoch,
            boolean suspect,
            long from,
            long to,
            long @Nullable [] list,
            byte[] bits,
            Map<Long, Integer> failures,
            int workerNumber) {
        this.request = request;
        this.epoch = epoch;
        this.suspect = suspect;
        this.from = from;
        this.to = to;
        this.list = list;
        this.bits = bits;
        this.failures = failures;
        this.workerNumber = workerNumber;
    }

    /** Reads what the script claim answers with work. */
    static Claim of(String request, Reply reply) {
        String kind = reply.text(2);
        String data = reply.text(3);
        long from = 0;
        long to = 0;
        long[] list = null;
        if (kind.equals("R")) {
            int dash = data.indexOf('-');
            from = Long.parseLong(data, 0, dash, 10);
            to = Long.parseLong(data, dash + 1, data.length(), 10);
        } else {
            String[] indices = data.split(",");
            list = new long[indices.length];
            for (int k = 0; k < list.length; k++) {
                list[k] = Long.parseLong(indices[k]);
            }
        }
        Map<Long, Integer> failures = new HashMap<>();
        String failed = reply.text(5);
        if (!failed.isEmpty()) {
            for (String pair : failed.split(",")) {
                int colon = pair.indexOf(':');
                failures.put(Long.parseLong(pair, 0, colon, 10), Integer.parseInt(pair, colon + 1, pair.length(), 10));
            }
        }
        return new Claim(request, reply.number(1), kind.equals("S"), from, to, list, reply.bytes(4), failures, (int)
                reply.number(6));
    }

    /**
     * The request that made it.
     *
     * @return the request id
     */
    public String request() {
        return request;
    }

    /**
     * A number that grows with every claim of the sweep.
     *
     * @return the epoch
     */
    public long epoch() {
        return epoch;
    }

    /**
     * Whether this is an index that killed workers: to be run with nothing beside it.
     *
     * @return true if so
     */
    public boolean suspect() {
        return suspect;
    }

    /**
     * How many indices it spans, those included that have an outcome already.
     *
     * @return the number
     */
    public int span() {
        return list != null ? list.length : (int) (to - from);
    }

    /**
     * The k-th index.
     *
     * @param k from 0 to span - 1
     * @return the index
     */
    public long index(int k) {
        return list != null ? list[k] : from + k;
    }

    /**
     * Whether an index had no outcome when it was claimed.
     *
     * @param k from 0 to span - 1
     * @return true if it is to be run
     */
    public boolean wanted(int k) {
        if (list != null || bits.length == 0) {
            return true;
        }
        long index = from + k;
        int at = (int) (index / 8 - from / 8);
        return (bits[at] & (0x80 >> (index % 8))) == 0;
    }

    /**
     * Whether 128 indices from the k-th on are a block that nobody has touched: consecutive, wanted, never failed.
     *
     * @param k from 0 to span - 1
     * @return true if the block may be sealed
     */
    public boolean wholeBlock(int k) {
        if (list != null || (from + k) % StoredBlock.SIZE != 0 || k + StoredBlock.SIZE > span()) {
            return false;
        }
        int first = (int) ((from + k) / 8 - from / 8);
        for (int at = first; at < Math.min(bits.length, first + StoredBlock.SIZE / 8); at++) {
            if (bits[at] != 0) {
                return false;
            }
        }
        return failures.keySet().stream().noneMatch(i -> i >= from + k && i < from + k + StoredBlock.SIZE);
    }

    /**
     * How often an index has failed before.
     *
     * @param index the index
     * @return the number
     */
    public int failures(long index) {
        return failures.isEmpty() ? 0 : failures.getOrDefault(index, 0);
    }

    /**
     * The number of the worker in this sweep's results.
     *
     * @return the number
     */
    public int workerNumber() {
        return workerNumber;
    }
}
