package io.jobmon.core.queue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes blocks for tests of those who read them. */
public final class StoredBlocks {

    private final StoredBlock block;

    private StoredBlocks(StoredBlock block) {
        this.block = block;
    }

    public static StoredBlocks open(long number) {
        return new StoredBlocks(StoredBlock.open(number));
    }

    public static StoredBlock sealed(long number, List<String> lists, long wall, int worker) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        lists.forEach(list -> payload.writeBytes(list.getBytes(StandardCharsets.UTF_8)));
        long[] walls = new long[StoredBlock.SIZE];
        Arrays.fill(walls, wall);
        return StoredBlock.sealed(number, payload.toByteArray(), worker, 0, walls);
    }

    public StoredBlocks result(int i, String list, long wall, int attempts, int worker) {
        block.result(i, 0, wall, attempts, worker, list.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public StoredBlocks dead(int i, int cause, int attempts, int worker) {
        block.dead(i, new DeadLetter(block.block() * StoredBlock.SIZE + i, cause, attempts, worker, 0, 0, false));
        return this;
    }

    public StoredBlock block() {
        return block;
    }
}
