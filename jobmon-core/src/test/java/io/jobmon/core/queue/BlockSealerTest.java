package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BlockSealerTest {

    private static final byte[] LISTS = "[0.123456789,17,\"abc\"]".repeat(128).getBytes(StandardCharsets.UTF_8);

    private static byte[] seal(int worker, long start, long[] walls, byte[] lists) {
        BlockSealer sealer = new BlockSealer();
        try {
            return sealer.seal(worker, start, walls, lists, lists.length, true);
        } finally {
            sealer.end();
        }
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(4).nextBytes(noise);
        return noise;
    }

    @Property(tries = 100)
    void should_come_back_when_sealed_and_opened(
            @ForAll @IntRange(min = 0) int worker,
            @ForAll @LongRange(min = 0) long start,
            @ForAll @Size(128) long[] walls,
            @ForAll byte[] lists) {
        StoredBlock block = BlockSealer.open(9, seal(worker, start, walls, lists));
        assertThat(block.block()).isEqualTo(9);
        assertThat(block.contiguous()).isTrue();
        assertThat(block.payload()).isEqualTo(lists);
        for (int i = 0; i < StoredBlock.SIZE; i++) {
            assertThat(block.state(i)).isEqualTo(StoredBlock.RESULT);
            assertThat(block.worker(i)).isEqualTo(worker);
            assertThat(block.startMillis(i)).isEqualTo(start);
            assertThat(block.wallMicros(i)).isEqualTo(Math.max(0, walls[i]));
            assertThat(block.attempts(i)).isEqualTo(1);
        }
    }

    @Test
    void should_say_that_a_block_is_damaged_each_time_it_is_looked_at() {
        StoredBlock block = StoredBlock.packed(9, new byte[] {7, 1, 2});
        for (int look = 0; look < 2; look++) {
            assertThatThrownBy(() -> block.state(0))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("Block 9");
        }
    }

    @Test
    void should_be_small_when_results_are_alike() {
        assertThat(seal(1, 1000, new long[128], LISTS).length).isLessThan(LISTS.length / 10);
    }

    @Test
    void should_stay_plain_when_deflating_gains_nothing() {
        byte[] noise = noise(20_000);
        byte[] sealed = seal(1, 1000, new Random(4).longs(128, 0, 100).toArray(), noise);
        assertThat(sealed[0]).isEqualTo((byte) 1);
        assertThat(sealed.length).isEqualTo(20_000 + 128 + 1 + 3);
        assertThat(BlockSealer.open(0, sealed).payload()).isEqualTo(noise);
    }

    @Test
    void should_come_back_when_large_results_deflate_to_little() {
        byte[] large = new byte[20_000_000];
        byte[] sealed = seal(1, 1, new long[128], large);
        assertThat(sealed.length).isLessThan(BlockSealer.LIMIT);
        assertThat(BlockSealer.open(0, sealed).payload()).hasSize(large.length);
    }

    @Test
    void should_use_one_sealer_for_many_blocks() {
        BlockSealer sealer = new BlockSealer();
        for (int size : new int[] {10, 100_000, 0, 30_000}) {
            byte[] noise = noise(size);
            long[] walls = new long[128];
            Arrays.fill(walls, Long.MAX_VALUE);
            assertThat(BlockSealer.open(0, sealer.seal(0, 0, walls, noise, size, true))
                            .payload())
                    .isEqualTo(noise);
        }
        sealer.end();
    }

    @Test
    void should_be_refused_when_bytes_are_missing() {
        for (byte[] sealed : new byte[][] {seal(3, 5, new long[128], LISTS), seal(3, 5, new long[128], noise(500))}) {
            for (int length = 0; length < Math.min(131, sealed.length); length++) {
                byte[] part = Arrays.copyOf(sealed, length);
                assertThatThrownBy(() -> BlockSealer.open(77, part))
                        .isInstanceOf(JobMonException.class)
                        .hasMessageContaining("Block 77")
                        .hasMessageContaining("newer");
            }
        }
        assertThatThrownBy(() -> BlockSealer.open(77, new byte[] {9, 0})).isInstanceOf(JobMonException.class);
    }

    @Property(tries = 500)
    void should_be_opened_or_refused_when_bytes_are_damaged(
            @ForAll boolean plain, @ForAll int where, @ForAll byte what, @ForAll @IntRange(max = 3000) int cut) {
        byte[] sealed = plain ? seal(3, 5, new long[128], noise(500)) : seal(3, 5, new long[128], LISTS);
        sealed[Math.floorMod(where, sealed.length)] = what;
        byte[] damaged = Arrays.copyOf(sealed, Math.max(1, sealed.length - cut));
        try {
            assertThat(BlockSealer.open(1, damaged).contiguous()).isTrue();
        } catch (JobMonException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
    }

    @Test
    void should_come_back_when_an_open_record_is_written_and_read() {
        StoredBlock block = StoredBlock.open(2);
        OpenRecord.read(
                block, 5, OpenRecord.write(123_456_789_012L, 99, 3, 41, "[1,\"|.\"]".getBytes(StandardCharsets.UTF_8)));
        assertThat(block.state(5)).isEqualTo(StoredBlock.RESULT);
        assertThat(block.state(6)).isEqualTo(StoredBlock.NOTHING);
        assertThat(block.startMillis(5)).isEqualTo(123_456_789_012L);
        assertThat(block.wallMicros(5)).isEqualTo(99);
        assertThat(block.attempts(5)).isEqualTo(3);
        assertThat(block.worker(5)).isEqualTo(41);
        assertThat(new String(block.value(5), StandardCharsets.UTF_8)).isEqualTo("[1,\"|.\"]");
        assertThat(block.contiguous()).isFalse();
    }

    @Test
    void should_be_refused_when_an_open_record_is_damaged() {
        for (String bad : new String[] {"", "1.2.3.4", "1.2.3|[]", "1.2.3.4.5|[]", "1.2.!.4|[]", "|"}) {
            assertThatThrownBy(() -> OpenRecord.read(StoredBlock.open(2), 5, bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("261");
        }
    }
}
