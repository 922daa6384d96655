package io.jobmon.core.queue;

import static io.jobmon.core.queue.TestSweep.ask;
import static io.jobmon.core.queue.TestSweep.block;
import static io.jobmon.core.queue.TestSweep.fault;
import static io.jobmon.core.queue.TestSweep.single;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commit does. */
class CommitTest extends QueueCase {

    @Test
    void should_seal_a_block_when_none_of_its_bits_is_set() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        CommitAnswer answer = sweep.blocks("a", 1, 6);
        assertThat(answer.stored()).isEqualTo(256);
        assertThat(sweep.keys()).contains("b:1", "b:6").doesNotContain("o:1", "o:6");
        assertThat(sweep.bits()).hasSize(256).contains(128L, 255L, 768L, 895L);
        assertThat(sweep.outcomes()).hasSize(256).containsEntry(130L, "R:[130,\"a\"]");
        assertThat(sweep.status().done()).isEqualTo(256);
        assertThat(sweep.figure("top")).isEqualTo(896);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1200})
    void should_forget_failures_when_a_zombie_seals_the_block(int failed) {
        TestSweep sweep = TestSweep.post(queue, 4096, 3, Duration.ofHours(1));
        Claim claim = sweep.claim("r", "w", 4096);
        sweep.fail(claim, false, range(200, 200 + failed));
        queue.claims().checkpoint(sweep.id, claim, 201, new byte[1]);
        queue.claims().checkpoint(sweep.id, claim, 100, new byte[1]);
        sweep.blocks("a", range(1, 2));
        int left = Math.max(0, failed - 56);
        assertThat(sweep.hash("att")).hasSize(left);
        assertThat(sweep.zset("wait")).hasSize(left);
        assertThat(sweep.hash("ckpt")).containsOnlyKeys("100");
        assertThat(queue.claims().audit(sweep.id, true)).isZero();
    }

    @Test
    void should_drop_a_block_when_all_of_its_bits_are_set() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        sweep.blocks("a", 1);
        CommitAnswer answer = sweep.blocks("b", 1);
        assertThat(answer.stored()).isZero();
        assertThat(answer.dropped()).isEqualTo(128);
        assertThat(answer.again()).isEmpty();
        assertThat(sweep.outcomes()).containsEntry(130L, "R:[130,\"a\"]");
        assertThat(sweep.status().done()).isEqualTo(128);
        assertThat(sweep.figure("dropped")).isEqualTo(128);
    }

    @Test
    void should_ask_for_singles_and_end_no_claim_when_a_block_is_mixed() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        Claim claim = sweep.claim("r", "w", 256);
        sweep.singles("a", 7);
        Outcomes outcomes = new Outcomes();
        outcomes.add(block(0, "b"));
        outcomes.add(block(1, "b"));
        outcomes.end("r");
        CommitAnswer answer = sweep.commit(outcomes);
        assertThat(answer.again()).containsExactly(0L);
        assertThat(answer.stored()).isEqualTo(128);
        assertThat(sweep.keys()).contains("b:1", "o:0").doesNotContain("b:0");
        assertThat(sweep.status().claims()).isEqualTo(1);

        Outcomes again = new Outcomes();
        LongStream.range(0, 128).forEach(i -> again.add(single(i, "b")));
        again.end(claim.request());
        CommitAnswer second = sweep.commit(again);
        assertThat(second.stored()).isEqualTo(127);
        assertThat(second.dropped()).isEqualTo(1);
        assertThat(sweep.outcomes())
                .hasSize(256)
                .containsEntry(7L, "R:[7,\"a\"]")
                .containsEntry(8L, "R:[8,\"b\"]");
        assertThat(sweep.status().claims()).isZero();
    }

    @Test
    void should_tell_blocks_apart_that_come_in_one_commit() {
        TestSweep sweep = TestSweep.post(queue, 600 * 128);
        sweep.blocks("a", 510);
        sweep.singles("a", 513 * 128 + 127);
        CommitAnswer answer = sweep.blocks("b", 509, 510, 511, 512, 513, 514, 514, 3);
        assertThat(answer.stored()).isEqualTo(5 * 128);
        assertThat(answer.dropped()).isEqualTo(2 * 128);
        assertThat(answer.again()).containsExactly(513L);
        assertThat(sweep.keys())
                .contains("b:3", "b:509", "b:510", "b:511", "b:512", "b:514", "o:513")
                .doesNotContain("b:513");
        assertThat(sweep.bits())
                .hasSize(6 * 128 + 1)
                .contains(509 * 128L, 511 * 128L, 512 * 128L, 514 * 128L + 127, 3 * 128L)
                .doesNotContain(508 * 128L + 127, 513 * 128L, 515 * 128L, 0L);
        assertThat(sweep.outcomes())
                .containsEntry(509 * 128L, "R:[" + 509 * 128 + ",\"b\"]")
                .containsEntry(510 * 128L, "R:[" + 510 * 128 + ",\"a\"]")
                .containsEntry(512 * 128L, "R:[" + 512 * 128 + ",\"b\"]");
        assertThat(sweep.status().done()).isEqualTo(6 * 128 + 1);
        assertThat(sweep.figure("top")).isEqualTo(515 * 128);
    }

    @Test
    void should_store_the_other_blocks_when_the_key_of_one_is_of_another_type() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        String key = "t:{" + sweep.id + "}:b:2";
        queue.link().ask(commands -> RedisLink.got(commands.hset(key, "field", new byte[1])));
        CommitAnswer answer = sweep.blocks("a", 1, 2, 3);
        assertThat(answer.stored()).isEqualTo(256);
        assertThat(answer.refused()).extracting(CommitAnswer.Refused::reason).containsExactly("type");
        assertThat(sweep.bits()).contains(128L, 384L).doesNotContain(256L);
        String type = queue.link().ask(commands -> RedisLink.got(commands.type(key)));
        assertThat(type).isEqualTo("hash");
    }

    @ParameterizedTest
    @CsvSource({"0 3,128-384", "0,128-512", "1 2 3,0-128", "0 1 2 3,"})
    void should_give_back_what_a_claim_ends_without(String done, @Nullable String left) {
        TestSweep sweep = TestSweep.post(queue, 1000);
        Claim claim = sweep.claim("r", "w", 512);
        sweep.blocks(
                "a", Arrays.stream(done.split(" ")).mapToLong(Long::parseLong).toArray());
        sweep.end(claim);
        assertThat(sweep.list("gaps")).isEqualTo(left == null ? List.of() : List.of(left));
        assertThat(sweep.status().claims()).isZero();
    }

    @Test
    void should_give_back_a_claim_of_two_pieces_when_one_of_them_is_done() {
        TestSweep sweep = TestSweep.post(queue, 600 * 128);
        sweep.claim("0", "w", 1024);
        LongStream.range(1, 16).forEach(i -> sweep.claim("" + i, "w", 4096));
        Claim claim = sweep.claim("r", "w", 4096);
        assertThat(claim.index(0)).isEqualTo(488 * 128);
        sweep.blocks("a", range(488, 512));
        sweep.end(claim);
        assertThat(sweep.list("gaps")).containsExactly("65536-66560");
    }

    @Test
    void should_keep_the_first_outcome_when_a_second_comes() {
        TestSweep sweep = TestSweep.post(queue, 10);
        assertThat(sweep.singles("a", 3, 4).stored()).isEqualTo(2);
        CommitAnswer answer = sweep.singles("b", 4, 5, 5);
        assertThat(answer.stored()).isEqualTo(1);
        assertThat(answer.dropped()).isEqualTo(2);
        assertThat(sweep.outcomes()).containsEntry(4L, "R:[4,\"a\"]").containsEntry(5L, "R:[5,\"b\"]");
        assertThat(sweep.status().done()).isEqualTo(3);
    }

    @Test
    void should_drop_a_result_when_the_index_is_dead() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r", "w", 5);
        assertThat(sweep.fail(claim, true, 2).dead()).isEqualTo(1);
        assertThat(sweep.singles("a", 2).dropped()).isEqualTo(1);
        assertThat(sweep.outcomes()).containsEntry(2L, "D:of r").hasSize(1);
        assertThat(sweep.keys()).doesNotContain("o:0");
    }

    @Test
    void should_store_all_but_the_refused_entry_when_a_bucket_is_of_another_type() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        sweep.claim("r", "w", 512);
        sweep.blocks("a", 1);
        queue.link().ask(commands -> RedisLink.got(commands.set("t:{" + sweep.id + "}:o:2", new byte[1])));
        Outcomes outcomes = new Outcomes();
        outcomes.add(new Outcomes.Single(
                3, 0, 0, 1, 0, TestSweep.value(3, "b"), "{\"g\":1}".getBytes(StandardCharsets.UTF_8)));
        outcomes.add(single(300, "b"));
        outcomes.add(single(5000, "b"));
        outcomes.add(single(4, "b"));
        outcomes.end("r");
        CommitAnswer answer = sweep.commit(outcomes);
        assertThat(answer.stored()).isEqualTo(2);
        assertThat(answer.refused())
                .containsExactly(new CommitAnswer.Refused(300, "type"), new CommitAnswer.Refused(5000, "record"));
        assertThat(sweep.bits()).contains(3L, 4L).doesNotContain(300L);
        assertThat(new String(queue.sweeps().reader(sweep.meta).ground(3).orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo("{\"g\":1}");
        assertThat(sweep.status().claims()).isEqualTo(1);
    }

    @Test
    void should_refuse_a_block_when_it_is_too_large_or_the_last_partial_one() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        Outcomes outcomes = new Outcomes();
        outcomes.add(new Outcomes.Block(0, new byte[BlockSealer.LIMIT + 1]));
        outcomes.add(block(7, "a"));
        outcomes.add(block(1, "a"));
        CommitAnswer answer = sweep.commit(outcomes);
        assertThat(answer.stored()).isEqualTo(128);
        assertThat(answer.refused())
                .containsExactly(new CommitAnswer.Refused(0, "block"), new CommitAnswer.Refused(896, "block"));
    }

    @Test
    void should_complete_and_tell_when_the_last_outcome_comes() throws InterruptedException {
        TestSweep sweep = TestSweep.post(queue, 130);
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        Signals.Listener listener = new Signals.Listener() {
            @Override
            public void event(String id, String what) {
                if (id.equals(sweep.id)) {
                    events.add(what);
                }
            }
        };
        queue.signals().add(listener);
        Claim claim = sweep.claim("r", "w", 130);
        assertThat(sweep.blocks("a", 0).state()).isEqualTo("open");
        assertThat(sweep.fail(claim, true, 128).state()).isEqualTo("open");
        assertThat(sweep.singles("a", 129).state()).isEqualTo("complete");
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("complete");
        assertThat(sweep.ask(ask("r2", "w", 1))).isEqualTo(new ClaimAnswer.Closed("complete"));
        assertThat(sweep.singles("a", 129).state()).isEqualTo("complete");
        assertThat(events).isEmpty();
        queue.signals().remove(listener);
    }

    @Test
    void should_give_back_what_is_undone_when_a_claim_is_ended() {
        TestSweep sweep = TestSweep.post(queue, 100, 3, Duration.ofHours(1));
        Claim claim = sweep.claim("r", "w", 20);
        Outcomes outcomes = new Outcomes();
        LongStream.range(0, 17).forEach(i -> outcomes.add(single(i, "a")));
        outcomes.add(fault(claim, 18, false));
        outcomes.end("r");
        sweep.commit(outcomes);
        assertThat(sweep.status().claims()).isZero();
        assertThat(sweep.list("gaps")).containsExactly("17-18", "19-20");
        assertThat(sweep.zset("wait")).containsExactly("18");
    }
}
