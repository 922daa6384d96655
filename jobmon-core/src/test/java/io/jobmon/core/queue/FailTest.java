package io.jobmon.core.queue;

import static io.jobmon.core.queue.TestSweep.LONG;
import static io.jobmon.core.queue.TestSweep.ask;
import static io.jobmon.core.queue.TestSweep.block;
import static io.jobmon.core.queue.TestSweep.indices;
import static io.jobmon.core.queue.TestSweep.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What fail and checkpoint do. */
class FailTest extends QueueCase {

    @Test
    void should_retry_then_bury_when_attempts_run_out() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        CommitAnswer first = sweep.fail(claim, false, 4);
        assertThat(first.dead()).isZero();
        sweep.fail(claim, false, 4);
        assertThat(sweep.hash("att")).containsEntry("4", "1|" + claim.epoch() + "|0|w");
        Claim retry = sweep.claim("r2", "w", 10);
        assertThat(indices(retry)).containsExactly(4L);
        assertThat(retry.failures(4)).isEqualTo(1);
        sweep.fail(claim, false, 4);
        assertThat(sweep.hash("att")).containsEntry("4", "1|" + claim.epoch() + "|0|w");
        sweep.fail(retry, false, 4);
        Claim last = sweep.claim("r3", "w", 10);
        assertThat(last.failures(4)).isEqualTo(2);
        assertThat(sweep.fail(last, false, 4).dead()).isEqualTo(1);
        assertThat(sweep.hash("att")).isEmpty();
        assertThat(sweep.zset("wait")).isEmpty();
        assertThat(sweep.hash("dead").get("4")).startsWith("0|3|0|5|7|");
        StoredBlock block =
                queue.sweeps().reader(sweep.meta).read(new long[] {0}).join().get(0);
        assertThat(block.state(4)).isEqualTo(StoredBlock.DEAD);
        assertThat(block.attempts(4)).isEqualTo(3);
        assertThat(sweep.outcomes()).containsEntry(4L, "D:of r3");
        assertThat(sweep.fail(last, false, 4).dead()).isZero();
    }

    @Test
    void should_wait_longer_each_time_up_to_a_minute_when_it_fails_again() {
        TestSweep sweep = TestSweep.post(queue, 10, 5000, Duration.ofSeconds(1));
        sweep.claim("r", "w", 10);
        assertThat(delay(sweep, 3, 1, "0.5")).isBetween(500L, 10_500L);
        assertThat(delay(sweep, 3, 2, "0.5")).isBetween(1000L, 11_000L);
        assertThat(delay(sweep, 3, 6, "1")).isBetween(32_000L, 42_000L);
        assertThat(delay(sweep, 3, 9, "0.5")).isBetween(30_000L, 40_000L);
        assertThat(delay(sweep, 3, 4000, "1")).isBetween(60_000L, 70_000L);
    }

    @Test
    void should_be_due_at_once_when_there_is_no_backoff_however_often_it_failed() {
        TestSweep sweep = TestSweep.post(queue, 10, 5000, Duration.ZERO);
        sweep.claim("r", "w", 10);
        assertThat(delay(sweep, 3, 4000, "0.9")).isBetween(0L, 10_000L);
    }

    @Test
    void should_be_due_when_the_clock_was_set_back() {
        TestSweep sweep = TestSweep.post(queue, 10, 3, Duration.ofSeconds(1));
        Claim claim = sweep.claim("r", "w", 10);
        sweep.fail(claim, false, 3);
        sweep.score("wait", "3", queue.board().now() + 50_000);
        assertThat(sweep.ask(ask("r2", "w", 1))).isInstanceOf(ClaimAnswer.Nothing.class);
        sweep.score("wait", "3", queue.board().now() + 86_400_000);
        assertThat(indices(sweep.claim("r2", "w", 1))).containsExactly(3L);
    }

    /** How long an index waits after its nth failure, in ms, with 10 s for a slow machine. */
    private static long delay(TestSweep sweep, long index, int n, String jitter) {
        String key = "t:{" + sweep.id + "}:";
        byte[] before = Reply.utf8((n - 1) + "|0|0|w");
        queue.link().ask(commands -> RedisLink.got(commands.hset(key + "att", Long.toString(index), before)));
        long now = queue.board().now();
        List<String> texts =
                List.of("c", "w", "0", "0", Long.toString(index), "1", "r", "0", jitter, "0", "0", "k", "{}", "");
        Reply reply = new Reply(queue.link()
                .run(
                        Script.FAIL,
                        new String[] {key + "meta"},
                        texts.stream().map(Reply::utf8).toArray(byte[][]::new)));
        assertThat(reply.number(2)).isEqualTo(1);
        return (long) sweep.score("wait", Long.toString(index)) - now;
    }

    private static ClaimRequest beside(String request, String worker, Duration lease) {
        return new ClaimRequest(request, worker, 10, 1, lease, 2, true, false);
    }

    private static void fail(TestSweep sweep, Claim claim, String worker, long... indices) {
        Outcomes outcomes = new Outcomes();
        LongStream.of(indices).forEach(index -> outcomes.add(TestSweep.fault(claim, index, false)));
        queue.commit(sweep.id, outcomes, worker, 1);
    }

    private static long delay(TestSweep sweep, ClaimRequest ask) {
        return ((ClaimAnswer.Nothing) sweep.ask(ask)).delayMillis();
    }

    @Test
    void should_leave_the_retry_to_another_worker_when_there_is_one() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        sweep.fail(claim, false, 4);
        assertThat(delay(sweep, beside("r2", "w", LONG))).isBetween(2 * LONG.toMillis() - 60_000, 2 * LONG.toMillis());
        assertThat(indices(work(sweep.ask(beside("r2", "v", LONG))))).containsExactly(4L);
    }

    @Test
    void should_take_its_own_retry_when_the_other_worker_has_left_it_for_two_leases() {
        TestSweep sweep = TestSweep.post(queue, 10);
        sweep.fail(sweep.claim("r1", "w", 10), false, 4);
        Duration lease = Duration.ofSeconds(30);
        sweep.score("wait", "4", queue.board().now() - 50_000);
        assertThat(delay(sweep, beside("r2", "w", lease))).isBetween(1L, 10_000L);
        sweep.score("wait", "4", queue.board().now() - 60_000);
        assertThat(indices(work(sweep.ask(beside("r2", "w", lease))))).containsExactly(4L);
    }

    @Test
    void should_find_the_others_retries_when_many_of_its_own_are_due_before() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        Claim own = sweep.claim("r1", "w", 500);
        Claim others = sweep.claim("r2", "v", 500);
        sweep.claim("r3", "u", 500);
        sweep.fail(own, false, range(0, own.span()));
        fail(sweep, others, "v", 700, 701, 702);
        long now = queue.board().now();
        sweep.score("wait", "700", now);
        sweep.score("wait", "701", now);
        sweep.score("wait", "702", now + 50_000);

        Claim first = work(sweep.ask(new ClaimRequest("r4", "w", 1, 1, LONG, 2, true, false)));
        Claim second = work(sweep.ask(beside("r5", "w", LONG)));

        assertThat(List.of(first.index(0), second.index(0))).containsExactlyInAnyOrder(700L, 701L);
        assertThat(delay(sweep, beside("r6", "w", LONG))).isBetween(1L, 50_000L);
        assertThat(sweep.zset("wait")).hasSize(own.span() + 1);
    }

    @Test
    void should_answer_when_it_is_given_the_next_retry_when_its_own_is_due_first() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim own = sweep.claim("r1", "w", 5);
        Claim others = sweep.claim("r2", "v", 5);
        sweep.fail(own, false, 1);
        fail(sweep, others, "v", 7);
        long now = queue.board().now();
        sweep.score("wait", "1", now + 10_000);
        sweep.score("wait", "7", now + 40_000);
        assertThat(delay(sweep, beside("r3", "w", LONG))).isBetween(20_000L, 40_000L);
        assertThat(delay(sweep, beside("r4", "w", Duration.ofSeconds(5)))).isBetween(10_000L, 20_000L);
        assertThat(delay(sweep, beside("r5", "v", LONG))).isBetween(1L, 10_000L);
        assertThat(delay(sweep, ask("r6", "w", 1))).isBetween(1L, 10_000L);
    }

    @Test
    void should_refuse_a_failure_when_the_claim_is_gone() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        queue.claims().release(sweep.id, "w", List.of("r1"));
        assertThat(sweep.fail(claim, true, 4).dead()).isZero();
        assertThat(sweep.outcomes()).isEmpty();
        assertThat(sweep.hash("att")).isEmpty();
    }

    @Test
    void should_pause_when_the_first_thousand_outcomes_are_dead() {
        TestSweep sweep = TestSweep.post(queue, 2000);
        Claim claim = sweep.claim("r1", "w", 1024);
        assertThat(sweep.fail(claim, true, range(0, 999)).state()).isEqualTo("open");
        assertThat(sweep.fail(claim, true, 999).state()).isEqualTo("paused");
        assertThat(sweep.status().reason()).contains("1000");
        assertThat(sweep.ask(ask("r2", "w", 1))).isEqualTo(new ClaimAnswer.Closed("paused"));
        assertThat(sweep.singles("a", 1000).state()).isEqualTo("paused");
        assertThat(queue.sweeps().revive(sweep.id)).isEqualTo(1000);
        assertThat(sweep.status().state()).isEqualTo("open");
        assertThat(sweep.status().reason()).isEmpty();
        assertThat(sweep.fail(sweep.claim("r3", "w", 1), true, 0).state()).isEqualTo("open");
    }

    @Test
    void should_not_pause_when_told_to_keep_going_or_when_there_is_a_result() {
        TestSweep going = TestSweep.post(queue, 2000);
        going.again(3, true);
        assertThat(going.fail(going.claim("r1", "w", 1024), true, range(0, 1000))
                        .state())
                .isEqualTo("open");
        TestSweep mixed = TestSweep.post(queue, 2000);
        mixed.singles("a", 1023);
        assertThat(mixed.fail(mixed.claim("r1", "w", 1024), true, range(0, 1000))
                        .state())
                .isEqualTo("open");
    }

    private static Outcomes printing(Claim claim, int from, int to, byte[] output) {
        Outcomes outcomes = new Outcomes();
        LongStream.range(from, to)
                .forEach(i -> outcomes.add(new Outcomes.Fault(
                        i, claim.epoch(), claim.request(), true, 5, 7, "c", TestSweep.json("m"), output)));
        return outcomes;
    }

    @Test
    void should_keep_output_of_the_first_thousand_and_drop_it_with_the_letter() {
        TestSweep sweep = TestSweep.post(queue, 1200);
        Claim claim = sweep.claim("r1", "w", 1200);
        byte[] output = "{\"stdout\":\"hällo\",\"stderr\":\"\"}".getBytes(StandardCharsets.UTF_8);
        sweep.fail(claim, true, 0);
        sweep.commit(printing(claim, 1, 1006, output));
        SweepReader reader = queue.sweeps().reader(sweep.meta);
        assertThat(reader.output(0)).isEmpty();
        assertThat(reader.output(1)).hasValue(output);
        assertThat(reader.output(1000)).hasValue(output);
        assertThat(reader.output(1001)).isEmpty();
        assertThat(sweep.outcomes()).containsEntry(1005L, "D:m");
        StoredBlock block = reader.read(new long[] {0}).join().get(0);
        assertThat(block.printed(0)).isFalse();
        assertThat(block.printed(1)).isTrue();
        List<DeadLetter> letters = new ArrayList<>();
        reader.deadLetters(letters::add);
        assertThat(letters).hasSize(1006).contains(new DeadLetter(3, 1, 1, 0, 5, 7, true));
        assertThat(letters).filteredOn(DeadLetter::printed).hasSize(1000);

        assertThat(queue.sweeps().revive(sweep.id)).isEqualTo(1006);
        assertThat(sweep.hash("output")).isEmpty();
        assertThat(sweep.hash("att").get("1")).endsWith("|0|").startsWith("0|" + claim.epoch());
    }

    @Test
    void should_leave_output_out_when_it_is_too_large_or_the_attempt_was_not_the_last() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        byte[] noise = new byte[400_000];
        new Random(1).nextBytes(noise);
        sweep.commit(printing(claim, 1, 2, noise));
        assertThat(sweep.outcomes()).containsEntry(1L, "D:m");
        Outcomes first = new Outcomes();
        first.add(new Outcomes.Fault(2, claim.epoch(), "r1", false, 5, 7, "c", TestSweep.json("m"), new byte[] {'x'}));
        assertThat(sweep.commit(first).dead()).isZero();
        assertThat(sweep.keys()).doesNotContain("output");
    }

    private static TestSweep limited(long size, long failures, double share) {
        TestSweep sweep = TestSweep.post(queue, size);
        sweep.again(3, new SweepMeta.Limits(0, failures, share));
        return sweep;
    }

    @Test
    void should_pause_at_the_limit_of_failures_and_open_with_a_higher_one() {
        TestSweep sweep = limited(2000, 5, 0);
        Claim claim = sweep.claim("r1", "w", 500);
        sweep.singles("a", range(400, 450));
        assertThat(sweep.fail(claim, true, range(0, 4)).state()).isEqualTo("open");
        assertThat(sweep.fail(claim, true, 4).state()).isEqualTo("paused");
        assertThat(sweep.status().reason())
                .isEqualTo("5 experiments have failed for good; the limit is stopAfterFailures(5)");
        assertThat(sweep.singles("a", 451).state()).isEqualTo("paused");

        assertThat(sweep.again(3, new SweepMeta.Limits(0, 5, 0)).state()).isEqualTo("paused");
        assertThat(sweep.again(9, new SweepMeta.Limits(0, 3, 0)).state()).isEqualTo("paused");
        assertThat(sweep.status().reason()).contains("stopAfterFailures(3)");
        assertThat(sweep.again(3, new SweepMeta.Limits(0, 6, 0)).state()).isEqualTo("open");
        assertThat(sweep.status().reason()).isEmpty();
        assertThat(sweep.fail(claim, true, 5).state()).isEqualTo("paused");
        assertThat(sweep.again(3, true).state()).isEqualTo("open");
        assertThat(sweep.fail(claim, true, range(6, 100)).state()).isEqualTo("open");
        // A lower limit counts at once.
        assertThat(sweep.again(3, new SweepMeta.Limits(0, 50, 0)).state()).isEqualTo("paused");
        assertThat(queue.sweeps().revive(sweep.id)).isEqualTo(100);
        assertThat(sweep.status().state()).isEqualTo("open");
    }

    @Test
    void should_pause_at_a_share_of_failures_from_a_hundred_outcomes_on() {
        TestSweep sweep = limited(2000, 0, 0.07);
        Claim claim = sweep.claim("r1", "w", 500);
        assertThat(sweep.fail(claim, true, range(0, 7)).state()).isEqualTo("open");
        assertThat(sweep.singles("a", range(100, 192)).state()).isEqualTo("open");
        assertThat(sweep.singles("a", 192).state()).isEqualTo("paused");
        assertThat(sweep.status().reason())
                .isEqualTo("7 of 100 outcomes are failures; the limit is stopAtFailureShare(0.07)");
        assertThat(sweep.again(3, new SweepMeta.Limits(0, 0, 0.071)).state()).isEqualTo("open");
    }

    @Test
    void should_not_stop_at_a_thousand_when_a_limit_of_failures_is_set() {
        TestSweep sweep = limited(2000, 1500, 0);
        Claim claim = sweep.claim("r1", "w", 2000);
        assertThat(sweep.fail(claim, true, range(0, 1499)).state()).isEqualTo("open");
        assertThat(sweep.fail(claim, true, 1499).state()).isEqualTo("paused");
    }

    @Test
    void should_store_a_cause_once_when_many_share_it() {
        TestSweep sweep = TestSweep.post(queue, 1200);
        Claim claim = sweep.claim("r1", "w", 1200);
        Outcomes outcomes = new Outcomes();
        LongStream.range(0, 1010)
                .forEach(i -> outcomes.add(new Outcomes.Fault(
                        i, claim.epoch(), "r1", true, 0, 0, i < 10 ? "same" : "c" + i, TestSweep.json("m" + i))));
        sweep.commit(outcomes);
        assertThat(sweep.hash("causes"))
                .hasSize(1000)
                .containsEntry("0", new String(TestSweep.json("m0"), StandardCharsets.UTF_8));
        assertThat(sweep.outcomes())
                .containsEntry(9L, "D:m0")
                .containsEntry(10L, "D:m10")
                .containsEntry(1009L, "D:?");
    }

    @Test
    void should_shorten_a_cause_when_it_is_too_large() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        Outcomes outcomes = new Outcomes();
        outcomes.add(new Outcomes.Fault(1, claim.epoch(), "r1", true, 0, 0, "c", TestSweep.json("x".repeat(20_000))));
        assertThat(sweep.commit(outcomes).dead()).isEqualTo(1);
        assertThat(sweep.outcomes().get(1L)).contains("too large");
    }

    @Test
    void should_fence_a_checkpoint_and_drop_it_with_the_outcome() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        assertThat(queue.claims().checkpoint(sweep.id, claim, 3, new byte[] {1}))
                .isTrue();
        assertThat(queue.claims().checkpoint(sweep.id, claim, 4, new byte[] {2}))
                .isTrue();
        assertThat(queue.claims().checkpoint(sweep.id, 3)).hasValue(new byte[] {1});
        sweep.singles("a", 3);
        assertThat(queue.claims().checkpoint(sweep.id, 3)).isEmpty();
        assertThat(queue.claims().checkpoint(sweep.id, claim, 3, new byte[] {9}))
                .isFalse();
        queue.claims().release(sweep.id, "w", List.of("r1"));
        assertThat(queue.claims().checkpoint(sweep.id, claim, 4, new byte[] {9}))
                .isFalse();
        Claim other = sweep.claim("r2", "v", 10);
        assertThat(queue.claims().checkpoint(sweep.id, 4)).hasValue(new byte[] {2});
        assertThat(queue.claims().checkpoint(sweep.id, other, 4, new byte[] {5}))
                .isTrue();
        sweep.fail(other, true, 4);
        assertThat(queue.claims().checkpoint(sweep.id, 4)).isEmpty();
        assertThatThrownBy(() -> queue.claims().checkpoint(sweep.id, other, 5, new byte[1024 * 1024 + 1]))
                .isInstanceOf(JobMonException.class);
    }
}
