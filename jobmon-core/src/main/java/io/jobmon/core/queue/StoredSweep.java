package io.jobmon.core.queue;

import io.jobmon.Failure;
import io.jobmon.core.codec.Json;
import io.lettuce.core.KeyValue;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Reads a sweep from Redis. Thread-safe. */
final class StoredSweep implements SweepReader {

    /** Twice 64 KiB, each byte of which may be six of JSON. */
    private static final int OUTPUT_LIMIT = 1024 * 1024;

    private static final int GROUND_LIMIT = 256 * 1024;

    private final RedisLink link;
    private final SweepMeta meta;
    private final String metaKey;
    private final String prefix;
    private final Map<Integer, String> workers = new ConcurrentHashMap<>();

    StoredSweep(RedisLink link, Keys keys, SweepMeta meta) {
        this.link = link;
        this.meta = meta;
        this.metaKey = keys.meta(meta.id());
        this.prefix = keys.sweep(meta.id());
    }

    @Override
    public long size() {
        return meta.size();
    }

    @Override
    public long points() {
        return meta.identity().points();
    }

    @Override
    public long top() {
        byte[] top = link.ask(commands -> RedisLink.got(commands.hget(metaKey, "top")));
        return top == null ? 0 : Long.parseLong(Reply.text(top));
    }

    @Override
    public List<byte[]> bits(int firstPiece, int pieces) {
        String[] keys = new String[pieces];
        for (int k = 0; k < pieces; k++) {
            keys[k] = prefix + "bits:" + (firstPiece + k);
        }
        List<byte[]> all = new ArrayList<>(pieces);
        for (KeyValue<String, byte[]> piece : link.ask(commands -> RedisLink.got(commands.mget(keys)))) {
            all.add(piece.getValueOrElse(new byte[0]));
        }
        return all;
    }

    @Override
    public CompletableFuture<List<StoredBlock>> read(long[] blocks) {
        CompletableFuture<List<StoredBlock>> first;
        try {
            first = blocks(link.async(), blocks);
        } catch (RedisException e) {
            first = CompletableFuture.failedFuture(e);
        }
        return first.handle((read, error) -> {
                    if (error == null) {
                        return CompletableFuture.completedFuture(read);
                    }
                    return CompletableFuture.supplyAsync(
                            () -> link.ask(commands -> RedisLink.got(blocks(commands, blocks))));
                })
                .thenCompose(read -> read);
    }

    private CompletableFuture<List<StoredBlock>> blocks(RedisAsyncCommands<String, byte[]> commands, long[] blocks) {
        String[] keys = new String[blocks.length];
        for (int k = 0; k < blocks.length; k++) {
            keys[k] = prefix + "b:" + blocks[k];
        }
        CompletableFuture<Long> letters = commands.exists(prefix + "dead").toCompletableFuture();
        return commands.mget(keys)
                .toCompletableFuture()
                .thenCombine(letters, (found, dead) -> {
                    List<CompletableFuture<StoredBlock>> read = new ArrayList<>(blocks.length);
                    for (int k = 0; k < blocks.length; k++) {
                        long block = blocks[k];
                        read.add(
                                found.get(k).hasValue()
                                        ? CompletableFuture.completedFuture(StoredBlock.packed(
                                                block, found.get(k).getValue()))
                                        : open(commands, block, dead > 0));
                    }
                    return read;
                })
                .thenCompose(read -> CompletableFuture.allOf(read.toArray(CompletableFuture[]::new))
                        .thenApply(done ->
                                read.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<StoredBlock> open(RedisAsyncCommands<String, byte[]> commands, long block, boolean dead) {
        StoredBlock open = StoredBlock.open(block);
        long first = block * StoredBlock.SIZE;
        CompletableFuture<StoredBlock> results = commands.hgetall(prefix + "o:" + block)
                .toCompletableFuture()
                .thenApply(records -> {
                    records.forEach(
                            (index, record) -> OpenRecord.read(open, (int) (Long.parseLong(index) - first), record));
                    return open;
                });
        if (!dead) {
            return results;
        }
        String[] indices = new String[StoredBlock.SIZE];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = Long.toString(first + i);
        }
        return commands.hmget(prefix + "dead", indices)
                .toCompletableFuture()
                .thenCombine(results, (letters, block2) -> {
                    for (int i = 0; i < letters.size(); i++) {
                        if (letters.get(i).hasValue()) {
                            block2.dead(
                                    i, DeadLetter.read(first + i, letters.get(i).getValue()));
                        }
                    }
                    return block2;
                });
    }

    @Override
    public void deadLetters(Consumer<? super DeadLetter> letters) {
        ScanCursor[] cursor = {ScanCursor.INITIAL};
        do {
            MapScanCursor<String, byte[]> step = link.ask(commands ->
                    RedisLink.got(commands.hscan(prefix + "dead", cursor[0], ScanArgs.Builder.limit(2000))));
            step.getMap().forEach((index, stored) -> letters.accept(DeadLetter.read(Long.parseLong(index), stored)));
            cursor[0] = step;
        } while (!cursor[0].isFinished());
    }

    @Override
    public Optional<byte[]> output(long index) {
        byte[] packed = link.ask(commands -> RedisLink.got(commands.hget(prefix + "output", Long.toString(index))));
        return packed == null ? Optional.empty() : Optional.of(Packed.unpack(packed, OUTPUT_LIMIT));
    }

    @Override
    public long done() {
        byte[] done = link.ask(commands -> RedisLink.got(commands.hget(metaKey, "done")));
        return done == null ? 0 : Long.parseLong(Reply.text(done));
    }

    @Override
    public Map<Integer, Failure> causes() {
        Map<Integer, Failure> causes = new HashMap<>();
        link.ask(commands -> RedisLink.got(commands.hgetall(prefix + "causes")))
                .forEach((number, json) -> causes.put(Integer.parseInt(number), failure(json)));
        return causes;
    }

    private static Failure failure(byte[] json) {
        Object tree = Json.parse(Reply.text(json));
        Map<?, ?> fields = tree instanceof Map<?, ?> map ? map : Map.of();
        return new Failure(text(fields, "type"), text(fields, "message"), text(fields, "stack"));
    }

    private static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    @Override
    public String worker(int number) {
        String known = workers.get(number);
        if (known == null) {
            link.ask(commands -> RedisLink.got(commands.hgetall(prefix + "workers")))
                    .forEach((id, n) -> workers.put(Integer.parseInt(Reply.text(n)), id));
            known = workers.getOrDefault(number, "?");
        }
        return known;
    }

    @Override
    public boolean hasGround() {
        return link.ask(commands -> RedisLink.got(commands.exists(prefix + "ground"))) > 0;
    }

    @Override
    public Optional<byte[]> ground(long index) {
        byte[] packed = link.ask(commands -> RedisLink.got(commands.hget(prefix + "ground", Long.toString(index))));
        return packed == null ? Optional.empty() : Optional.of(Packed.unpack(packed, GROUND_LIMIT));
    }
}
