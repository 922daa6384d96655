package io.jobmon.core.result;

import io.jobmon.Failure;
import io.jobmon.core.queue.DeadLetter;
import io.jobmon.core.queue.Outage;
import io.jobmon.core.queue.StoredBlock;
import io.jobmon.core.queue.StoredBlocks;
import io.jobmon.core.queue.SweepReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** A sweep in memory, with outcomes put by hand. */
final class FakeSweep implements SweepReader {

    private record Outcome(String list, int cause, long wall, int attempts, int worker) {}

    private final long points;
    private final long size;
    private final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
    final Map<Integer, Failure> causes = new HashMap<>();
    final Map<Long, String> outputs = new HashMap<>();
    final List<Long> blocksRead = new ArrayList<>();
    final List<Integer> piecesRead = new ArrayList<>();
    int causesRead;
    boolean twice;

    /** Calls to Redis so far, and which of them fail: from the first on, so many. */
    int calls;

    int outageAt = Integer.MAX_VALUE;
    int outageCalls;

    FakeSweep(long points, long size) {
        this.points = points;
        this.size = size;
    }

    FakeSweep put(long index, String list) {
        return put(index, list, 1_500_000, 1, 0);
    }

    FakeSweep put(long index, String list, long wall, int attempts, int worker) {
        outcomes.put(index, new Outcome(list, 0, wall, attempts, worker));
        return this;
    }

    FakeSweep dead(long index, int cause) {
        outcomes.put(index, new Outcome("", cause, 0, 3, 1));
        return this;
    }

    private boolean away() {
        int call = calls++;
        return call >= outageAt && call < outageAt + outageCalls;
    }

    void call() {
        if (away()) {
            throw Outage.exception();
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long points() {
        return points;
    }

    @Override
    public long top() {
        call();
        return outcomes.isEmpty() ? 0 : outcomes.lastKey() + 1;
    }

    @Override
    public void deadLetters(Consumer<? super DeadLetter> letters) {
        call();
        outcomes.forEach((index, o) -> {
            if (o.list.isEmpty()) {
                DeadLetter letter = new DeadLetter(
                        index, o.cause, o.attempts, o.worker, 1000 * index, 500_000, outputs.containsKey(index));
                letters.accept(letter);
                if (twice) {
                    letters.accept(letter);
                }
            }
        });
    }

    @Override
    public long done() {
        call();
        return outcomes.values().stream().filter(o -> !o.list.isEmpty()).count();
    }

    @Override
    public Optional<byte[]> output(long index) {
        call();
        return Optional.ofNullable(outputs.get(index)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<byte[]> bits(int firstPiece, int pieces) {
        assert pieces <= 64;
        call();
        List<byte[]> bits = new ArrayList<>();
        for (int k = firstPiece; k < firstPiece + pieces; k++) {
            piecesRead.add(k);
            long from = (long) k * Bitmap.PIECE;
            var part = outcomes.subMap(from, from + Bitmap.PIECE);
            byte[] piece = new byte[part.isEmpty() ? 0 : (int) (part.lastKey() - from) / 8 + 1];
            part.keySet().forEach(i -> piece[(int) (i - from) / 8] |= (byte) (0x80 >> (i % 8)));
            bits.add(piece);
        }
        return bits;
    }

    @Override
    public CompletableFuture<List<StoredBlock>> read(long[] blocks) {
        assert blocks.length <= 64;
        if (away()) {
            return CompletableFuture.failedFuture(Outage.exception());
        }
        return CompletableFuture.completedFuture(
                LongStream.of(blocks).mapToObj(this::block).toList());
    }

    private StoredBlock block(long number) {
        blocksRead.add(number);
        long from = number * StoredBlock.SIZE;
        Map<Long, Outcome> part = outcomes.subMap(from, from + StoredBlock.SIZE);
        boolean sealed = part.size() == StoredBlock.SIZE
                && part.values().stream().noneMatch(o -> o.list().isEmpty());
        if (sealed) {
            Outcome first = outcomes.get(from);
            return StoredBlocks.sealed(
                    number, part.values().stream().map(Outcome::list).toList(), first.wall(), first.worker());
        }
        StoredBlocks open = StoredBlocks.open(number);
        part.forEach((index, o) -> {
            int i = (int) (index - from);
            if (o.list().isEmpty()) {
                open.dead(i, o.cause(), o.attempts(), o.worker());
            } else {
                open.result(i, o.list(), o.wall(), o.attempts(), o.worker());
            }
        });
        return open.block();
    }

    @Override
    public Map<Integer, Failure> causes() {
        call();
        causesRead++;
        return Map.copyOf(causes);
    }

    @Override
    public String worker(int number) {
        return "host-" + number;
    }

    @Override
    public Optional<byte[]> ground(long index) {
        return index == 1 ? Optional.of("{\"seed\":7}".getBytes(StandardCharsets.UTF_8)) : Optional.empty();
    }
}
