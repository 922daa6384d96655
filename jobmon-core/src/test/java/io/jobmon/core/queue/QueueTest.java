package io.jobmon.core.queue;

import static io.jobmon.core.queue.TestSweep.LONG;
import static io.jobmon.core.queue.TestSweep.ask;
import static io.jobmon.core.queue.TestSweep.indices;
import static io.jobmon.core.queue.TestSweep.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QueueTest extends QueueCase {

    private static List<Long> list(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void should_write_the_sweep_when_posted_and_meet_it_when_posted_again() {
        SweepMeta meta = TestSweep.meta("again", 1000, 3, Duration.ofSeconds(1), false);
        assertThat(queue.sweeps().post(meta, false))
                .usingRecursiveComparison()
                .ignoringFields("first", "now", "incarnation")
                .isEqualTo(new Sweeps.Posted("open", true, 0, 0, 0, 0, ""));
        assertThat(queue.sweeps().post(meta, false))
                .usingRecursiveComparison()
                .ignoringFields("first", "now", "incarnation")
                .isEqualTo(new Sweeps.Posted("open", false, 0, 0, 0, 0, ""));
        SweepMeta read = queue.sweeps().meta("again").orElseThrow();
        assertThat(read.identity().posted()).isPositive();
        assertThat(read.size()).isEqualTo(1000);
        assertThat(read.policy()).isEqualTo(meta.policy());
    }

    @Test
    void should_name_the_same_server_when_a_sweep_is_posted_and_when_it_is_gone() {
        SweepMeta meta = TestSweep.meta("served", 10, 3, Duration.ofSeconds(1), false);
        String incarnation = queue.sweeps().post(meta, false).incarnation();
        assertThat(incarnation).matches("[0-9a-f]{40}/[0-9a-f]{40}");
        assertThat(queue.sweeps().post(meta, false).incarnation()).isEqualTo(incarnation);
        assertThat(queue.sweeps().status("served").incarnation()).isEqualTo(incarnation);
        queue.sweeps().clean("served", false);
        assertThat(queue.sweeps().status("served").incarnation()).isEqualTo(incarnation);
    }

    @Test
    void should_tell_fields_of_more_sweeps_than_one_call_looks_at_and_leave_empty_what_is_not_there() {
        List<String> ids = LongStream.range(0, 1003).mapToObj(k -> "f" + k).toList();
        ids.forEach(id -> {
            if (!id.endsWith("7")) {
                queue.link().ask(c -> RedisLink.got(c.hset(queue.keys().meta(id), "seed", Reply.utf8(id + "\u00e9"))));
            }
        });
        Map<String, List<String>> fields = new Scripts(queue.link(), queue.keys()).fields(ids, "state", "seed");
        assertThat(fields.keySet()).containsExactlyElementsOf(ids);
        assertThat(fields)
                .allSatisfy(
                        (id, values) -> assertThat(values).containsExactly("", id.endsWith("7") ? "" : id + "\u00e9"));
        assertThat(new Scripts(queue.link(), queue.keys()).fields(List.of(), "state"))
                .isEmpty();
    }

    @Test
    void should_keep_identity_and_replace_policy_when_posted_again() {
        TestSweep sweep = TestSweep.post(queue, 10);
        long revision = sweep.figure("rev");
        sweep.again(9, true);
        SweepMeta read = queue.sweeps().meta(sweep.id).orElseThrow();
        assertThat(read.policy().attempts()).isEqualTo(9);
        assertThat(read.policy().keepGoing()).isTrue();
        assertThat(read.size()).isEqualTo(10);
        assertThat(sweep.figure("rev")).isEqualTo(revision + 1);
    }

    @Test
    void should_open_a_cancelled_sweep_when_posted_again() {
        TestSweep sweep = TestSweep.post(queue, 10);
        assertThat(queue.sweeps().cancel(sweep.id)).isEqualTo("cancelled");
        assertThat(queue.sweeps().cancel(sweep.id)).isEqualTo("cancelled");
        assertThat(sweep.ask(ask("r", "w", 5))).isEqualTo(new ClaimAnswer.Closed("cancelled"));
        assertThat(sweep.again(3, false).state()).isEqualTo("open");
        assertThat(indices(sweep.claim("r", "w", 5))).isEqualTo(list(0, 5));
    }

    @Test
    void should_open_a_paused_sweep_when_posted_with_more_attempts_or_keep_going() {
        TestSweep sweep = TestSweep.post(queue, 10);
        sweep.set("state", "paused");
        assertThat(sweep.again(3, false).state()).isEqualTo("paused");
        assertThat(sweep.again(4, false).state()).isEqualTo("open");
        sweep.set("state", "paused");
        assertThat(sweep.again(3, true).state()).isEqualTo("open");
    }

    @Test
    void should_complete_a_reopened_sweep_when_all_outcomes_came_after_the_cancel() {
        TestSweep sweep = TestSweep.post(queue, 3);
        sweep.claim("r", "w", 3);
        queue.sweeps().cancel(sweep.id);
        assertThat(sweep.singles("w", 0, 1, 2).state()).isEqualTo("complete");
        assertThat(sweep.again(3, false))
                .usingRecursiveComparison()
                .ignoringFields("first", "now", "incarnation")
                .isEqualTo(new Sweeps.Posted("complete", false, 3, 0, 0, 0, ""));
    }

    @Test
    void should_answer_gone_when_there_is_no_such_sweep() {
        assertThat(queue.sweeps().meta("none")).isEmpty();
        assertThat(queue.sweeps().status("none").exists()).isFalse();
        assertThat(queue.claims().claim("none", ask("r", "w", 5))).isEqualTo(new ClaimAnswer.Closed("gone"));
        assertThat(queue.sweeps().cancel("none")).isEqualTo("gone");
        assertThat(queue.sweeps().open("none")).isEqualTo("gone");
        assertThat(queue.claims().renew("none", "w", LONG, List.of("r")).state())
                .isEqualTo("gone");
        assertThat(queue.claims().release("none", "w", List.of("r"))).isZero();
        assertThat(queue.claims().audit("none", true)).isZero();
        assertThatThrownBy(() -> queue.sweeps().revive("none"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("gone");
        queue.sweeps().adopted("none", "donor", List.of());
        assertThat(new TestSweep(queue, TestSweep.meta("none", 1, 1, Duration.ZERO, false)).keys())
                .isEmpty();
    }

    @Test
    void should_answer_the_same_range_when_a_claim_is_asked_again() {
        TestSweep sweep = TestSweep.post(queue, 100);
        Claim first = sweep.claim("r1", "w", 10);
        Claim other = sweep.claim("r2", "w", 10);
        Claim again = sweep.claim("r1", "w", 10);
        assertThat(indices(first)).isEqualTo(list(0, 10));
        assertThat(indices(other)).isEqualTo(list(10, 20));
        assertThat(indices(again)).isEqualTo(list(0, 10));
        assertThat(again.epoch()).isEqualTo(first.epoch());
        assertThat(other.epoch()).isGreaterThan(first.epoch());
        assertThat(sweep.status().claims()).isEqualTo(2);
        assertThat(sweep.status().claimed()).isEqualTo(20);
    }

    @Test
    void should_take_a_share_of_the_rest_when_many_slots_ask() {
        TestSweep sweep = TestSweep.post(queue, 100);
        assertThat(work(sweep.ask(new ClaimRequest("r1", "w", 4096, 1, LONG, 10, true, false)))
                        .span())
                .isEqualTo(5);
        assertThat(work(sweep.ask(new ClaimRequest("r2", "w", 4096, 1, LONG, 1, true, false)))
                        .span())
                .isEqualTo(50);
    }

    @Test
    void should_end_at_the_edge_of_a_block_when_whole_blocks_are_asked() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        sweep.claim("r1", "w", 5);
        Claim first = work(sweep.ask(new ClaimRequest("r2", "w", 300, 128, LONG, 1, false, false)));
        Claim second = work(sweep.ask(new ClaimRequest("r3", "w", 300, 128, LONG, 1, false, false)));
        assertThat(indices(first)).isEqualTo(list(5, 256));
        assertThat(indices(second)).isEqualTo(list(256, 512));
        assertThat(first.wholeBlock(0)).isFalse();
        assertThat(first.wholeBlock(123)).isTrue();
        assertThat(second.wholeBlock(128)).isTrue();
        queue.claims().release(sweep.id, "w", List.of("r2"));
        Claim gap = work(sweep.ask(new ClaimRequest("r4", "w", 200, 128, LONG, 1, false, false)));
        assertThat(indices(gap)).isEqualTo(list(5, 128));
    }

    @Test
    void should_skip_what_is_done_when_results_were_adopted() {
        TestSweep sweep = TestSweep.adopting(queue, 200_000);
        assertThat(sweep.ask(ask("r", "w", 10))).isEqualTo(new ClaimAnswer.Closed("adopting"));
        queue.sweeps().adopted(sweep.id, "donor", List.of());
        for (long block = 0; block < 1000; block += 25) {
            sweep.blocks("old", range(block, block + 25));
        }
        sweep.singles("old", 128_000, 128_001, 128_005);
        assertThat(sweep.status().state()).isEqualTo("adopting");
        assertThat(queue.sweeps().open(sweep.id)).isEqualTo("open");
        Claim claim = sweep.claim("r", "w", 10);
        assertThat(claim.index(0)).isEqualTo(128_002);
        assertThat(indices(claim)).doesNotContain(128_005L).hasSize(9);
        assertThat(sweep.figure("cursor")).isEqualTo(128_012);
        sweep.singles("old", 128_400);
        Claim more = work(sweep.ask(new ClaimRequest("r2", "w", 700, 128, LONG, 1, false, false)));
        assertThat(LongStream.range(0, more.span()).filter(k -> more.wholeBlock((int) k)))
                .containsExactly(128_128L - 128_012, 128_256L - 128_012, 128_512L - 128_012);
    }

    @Test
    void should_complete_at_once_when_all_was_adopted() {
        TestSweep sweep = TestSweep.adopting(queue, 3);
        sweep.singles("old", 0, 1, 2);
        assertThat(queue.sweeps().open(sweep.id)).isEqualTo("complete");
    }

    @Test
    void should_give_a_released_range_to_the_next_when_claimed() {
        TestSweep sweep = TestSweep.post(queue, 100);
        sweep.claim("r1", "w", 20);
        sweep.singles("w", 0, 1, 2, 7);
        assertThat(queue.claims().release(sweep.id, "w", List.of("r1"))).isEqualTo(16);
        assertThat(queue.claims().release(sweep.id, "w", List.of("r1"))).isZero();
        assertThat(sweep.list("gaps")).containsExactly("3-7", "8-20");
        assertThat(indices(sweep.claim("r2", "w", 3))).containsExactly(3L, 4L, 5L);
        assertThat(indices(sweep.claim("r3", "w", 50))).containsExactly(6L);
        assertThat(indices(sweep.claim("r4", "w", 50))).isEqualTo(list(8, 20));
        assertThat(sweep.claim("r5", "w", 5).index(0)).isEqualTo(20);
    }

    @Test
    void should_not_release_when_the_claim_is_another_workers() {
        TestSweep sweep = TestSweep.post(queue, 100);
        sweep.claim("r1", "w", 20);
        assertThat(queue.claims().release(sweep.id, "stranger", List.of("r1"))).isZero();
        assertThat(sweep.status().claims()).isEqualTo(1);
    }

    @Test
    void should_say_why_when_there_is_nothing_to_claim() {
        TestSweep sweep = TestSweep.post(queue, 10, 3, Duration.ofHours(1));
        Claim claim = sweep.claim("r1", "w", 10);
        assertThat(sweep.ask(ask("r2", "w", 10))).isEqualTo(new ClaimAnswer.Nothing(-1, 0, false));
        sweep.fail(claim, false, 3);
        sweep.score("wait", "3", queue.board().now() + 50_000);
        ClaimAnswer.Nothing nothing = (ClaimAnswer.Nothing) sweep.ask(ask("r2", "w", 10));
        assertThat(nothing.delayMillis()).isBetween(1L, 50_000L);
        sweep.delete("wait");
        sweep.delete("claims");
        sweep.delete("leases");
        assertThat(sweep.ask(ask("r2", "w", 10))).isEqualTo(new ClaimAnswer.Nothing(-1, 0, true));
    }

    @Test
    void should_refuse_when_arguments_are_wrong_before_anything_is_written() {
        TestSweep sweep = TestSweep.post(queue, 100);
        for (ClaimRequest bad : List.of(
                ask("r", "w", 0),
                ask("r", "w", 4097),
                ask("", "w", 1),
                ask("r", "a|b", 1),
                new ClaimRequest("r", "w", 5, 6, LONG, 1, false, false),
                new ClaimRequest("r", "w", 5, 1, Duration.ZERO, 1, false, false))) {
            assertThatThrownBy(() -> sweep.ask(bad))
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("bad arguments");
        }
        assertThat(sweep.status().claims()).isZero();
        assertThat(sweep.keys()).containsExactly("meta");
    }

    @Test
    void should_count_exactly_when_indices_are_beyond_1e14() {
        long size = 4_294_967_295L;
        TestSweep sweep = TestSweep.post(queue, size);
        sweep.set("cursor", Long.toString(size - 200));
        sweep.set("epoch", "123456789012345");
        Claim claim = sweep.claim("r", "w", 100);
        assertThat(claim.epoch()).isEqualTo(123_456_789_012_346L);
        assertThat(claim.index(0)).isEqualTo(size - 200);
        sweep.fail(claim, false, size - 200);
        assertThat(sweep.hash("att")).containsEntry(Long.toString(size - 200), "1|123456789012346|0|w");
        sweep.singles("w", size - 199);
        assertThat(sweep.hash("o:" + (size - 199) / 128)).hasSize(1);
        assertThat(sweep.figure("top")).isEqualTo(size - 198);
    }
}
