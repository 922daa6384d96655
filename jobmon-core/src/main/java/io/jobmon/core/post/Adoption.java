package io.jobmon.core.post;

import io.jobmon.JobMonException;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.queue.Outcomes;
import io.jobmon.core.queue.Queue;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.SweepMeta;
import io.jobmon.core.queue.SweepReader;
import io.jobmon.core.queue.SweepStatus;
import io.jobmon.core.space.Space;
import io.jobmon.core.watch.Notices;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Takes results of earlier sweeps of the same job over into a new one: those of points that both have, replicate by
 * replicate. Dead letters are left, to be tried anew. It can be cut short and run again at any place.
 */
final class Adoption<P> {

    private static final int DONORS = 100;
    private static final int PIECE = 65_536;
    private static final int BLOCKS_PER_PIECE = PIECE / StoredBlock.SIZE;
    private static final int BATCH = 64;

    private final Queue queue;
    private final SweepMeta meta;
    private final Space<P> space;
    private final ParameterType<P> type;
    private final List<String> donors;
    private Map<Integer, Integer> numbers = new HashMap<>();
    private Outcomes batch = new Outcomes();
    private String giver = "";

    Adoption(Queue queue, SweepMeta meta, Space<P> space, ParameterType<P> type) {
        this.queue = queue;
        this.meta = meta;
        this.space = space;
        this.type = type;
        this.donors = queue.jobs().donors(meta, DONORS);
    }

    boolean hasDonors() {
        return !donors.isEmpty();
    }

    void run() {
        for (String id : donors) {
            SweepMeta donor = queue.sweeps().meta(id).orElse(null);
            if (donor == null) {
                continue;
            }
            SweepStatus status = queue.sweeps().status(id);
            long before = queue.sweeps().status(meta.id()).done();
            take(donor);
            long taken = queue.sweeps().status(meta.id()).done() - before;
            if (taken > 0 && status.state().equals("open")) {
                Notices.say(taken + " results are taken over from the sweep " + donor.id()
                        + ", which is still running: both may run the same points.");
            }
        }
    }

    private void take(SweepMeta donor) {
        Space<P> theirs;
        try {
            theirs = Space.parse(donor.identity().specification(), type);
        } catch (JobMonException e) {
            return;
        }
        LongUnaryOperator mine = space.from(theirs);
        SweepReader reader = queue.sweeps().reader(donor);
        long blocks = (reader.top() + StoredBlock.SIZE - 1) / StoredBlock.SIZE;
        boolean ground = reader.hasGround();
        numbers = new HashMap<>();
        giver = donor.id();
        for (int piece = 0; (long) piece * BLOCKS_PER_PIECE < blocks; piece++) {
            long[] some = touched(reader.bits(piece, 1).get(0), (long) piece * BLOCKS_PER_PIECE);
            for (int from = 0; from < some.length; from += BATCH) {
                long[] wanted = Arrays.copyOfRange(some, from, Math.min(some.length, from + BATCH));
                for (StoredBlock block : reader.read(wanted).join()) {
                    take(block, donor.identity(), mine, reader, ground);
                }
            }
        }
        send();
    }

    /** The blocks of a piece in which any bit is set. */
    private static long[] touched(byte[] bits, long firstBlock) {
        long[] found = new long[BLOCKS_PER_PIECE];
        int n = 0;
        for (int at = 0; at < bits.length; at++) {
            if (bits[at] != 0) {
                found[n++] = firstBlock + at / (StoredBlock.SIZE / 8);
                at |= StoredBlock.SIZE / 8 - 1;
            }
        }
        return Arrays.copyOf(found, n);
    }

    private void take(
            StoredBlock block, SweepMeta.Identity donor, LongUnaryOperator mine, SweepReader reader, boolean ground) {
        List<byte[]> lists = block.contiguous() ? block.lists() : List.of();
        for (int i = 0; i < StoredBlock.SIZE; i++) {
            if (block.state(i) != StoredBlock.RESULT) {
                continue;
            }
            long index = block.block() * StoredBlock.SIZE + i;
            long replicate = index / donor.points();
            long point = replicate < meta.identity().replicates() ? mine.applyAsLong(index % donor.points()) : -1;
            if (point < 0) {
                continue;
            }
            byte[] truth = ground ? reader.ground(index).orElse(new byte[0]) : new byte[0];
            batch.add(new Outcomes.Single(
                    replicate * meta.identity().points() + point,
                    0,
                    block.wallMicros(i),
                    block.attempts(i),
                    number(block.worker(i), reader),
                    block.contiguous() ? lists.get(i) : block.value(i),
                    truth));
            if (batch.full()) {
                send();
            }
        }
    }

    private int number(int theirs, SweepReader reader) {
        Integer known = numbers.get(theirs);
        if (known == null) {
            String worker = reader.worker(theirs);
            known = queue.sweeps().adopted(meta.id(), giver, List.of(worker)).getOrDefault(worker, 0);
            numbers.put(theirs, known);
        }
        return known;
    }

    private void send() {
        if (!batch.isEmpty()) {
            queue.commit(meta.id(), batch, "", 0);
            batch = new Outcomes();
        }
    }
}
