package io.jobmon.core.queue;

import static io.jobmon.core.queue.TestSweep.LONG;
import static io.jobmon.core.queue.TestSweep.SHORT;
import static io.jobmon.core.queue.TestSweep.ask;
import static io.jobmon.core.queue.TestSweep.indices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What renew, reap, audit, revive and clean do. */
class RecoveryTest {

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.seven();

    static QueueServer server;
    static Queue queue;

    @BeforeAll
    static void connect() {
        server = REDIS.server("t");
        queue = server.lane(Duration.ofSeconds(5));
    }

    @AfterAll
    static void disconnect() {
        queue.close();
        server.close();
    }

    /** A sweep that was reaped before, so that the next reap finds no gap. */
    private static TestSweep watched(long size) {
        TestSweep sweep = TestSweep.post(queue, size);
        assertThat(sweep.reap().state()).isEqualTo("armed");
        return sweep;
    }

    private static long[] range(long from, long to) {
        return LongStream.range(from, to).toArray();
    }

    @Test
    void should_arm_once_then_reap_when_nobody_reaped_for_long() {
        TestSweep sweep = TestSweep.post(queue, 100);
        sweep.shortly("r1", "w", 10);
        sweep.expire();
        ReapAnswer first = queue.reap(sweep.id, SHORT, Queue.Reap.EXPIRED, "lost", TestSweep.LOST);
        assertThat(first.state()).isEqualTo("armed");
        assertThat(first.taken()).isZero();
        sweep.expire();
        sweep.expire();
        ReapAnswer second = queue.reap(sweep.id, SHORT, Queue.Reap.EXPIRED, "lost", TestSweep.LOST);
        assertThat(second.taken()).isEqualTo(1);
        assertThat(second.given()).isEqualTo(10);
        assertThat(second.workers()).containsExactly("w");
    }

    @Test
    void should_leave_leases_alone_when_they_hold() {
        TestSweep sweep = watched(100);
        sweep.claim("r1", "w", 10);
        sweep.shortly("r2", "v", 10);
        sweep.expire();
        ReapAnswer answer = sweep.reap();
        assertThat(answer.taken()).isEqualTo(1);
        assertThat(answer.workers()).containsExactly("v");
        assertThat(sweep.reap().taken()).isZero();
        assertThat(sweep.list("gaps")).containsExactly("10-20");
    }

    @Test
    void should_arm_again_when_the_clock_was_set_back() {
        TestSweep sweep = watched(100);
        sweep.claim("r1", "w", 10);
        long ahead = queue.board().now() + 86_400_000;
        sweep.set("reaped", Long.toString(ahead));
        queue.link()
                .ask(commands -> RedisLink.got(
                        commands.zadd("t:{" + sweep.id + "}:leases", (double) ahead + 12_000, Reply.utf8("r1"))));
        assertThat(queue.reap(sweep.id, SHORT, Queue.Reap.EXPIRED, "lost", TestSweep.LOST)
                        .state())
                .isEqualTo("armed");
        sweep.expire();
        assertThat(sweep.reap().taken()).isEqualTo(1);
    }

    @Test
    void should_give_back_suspect_and_bury_when_workers_are_lost_again_and_again() {
        TestSweep sweep = watched(10);
        sweep.shortly("r1", "w", 4);
        sweep.singles("w", 0);
        sweep.expire();
        assertThat(sweep.reap()).isEqualTo(new ReapAnswer(1, 3, 0, 0, "open", List.of("w")));
        assertThat(indices(sweep.shortly("r2", "v", 4))).containsExactly(1L, 2L, 3L);
        sweep.singles("v", 1);
        sweep.expire();
        assertThat(sweep.reap()).isEqualTo(new ReapAnswer(1, 0, 2, 0, "open", List.of("v")));
        assertThat(sweep.zset("susp")).containsExactly("2", "3");
        assertThat(indices(sweep.claim("r3", "x", 10))).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(sweep.ask(ask("r4", "y", 10))).isEqualTo(new ClaimAnswer.Nothing(-1, 2, false));
        Claim alone = sweep.alone("r4", "y", SHORT);
        assertThat(alone.suspect()).isTrue();
        assertThat(indices(alone)).containsExactly(2L);
        sweep.expire();
        assertThat(sweep.reap()).isEqualTo(new ReapAnswer(1, 0, 0, 1, "open", List.of("y")));
        assertThat(sweep.outcomes()).containsEntry(2L, "D:lost");
        Claim innocent = sweep.alone("r5", "y", LONG);
        assertThat(indices(innocent)).containsExactly(3L);
        sweep.singles("y", 3);
        assertThat(sweep.status().done()).isEqualTo(3);
        assertThat(sweep.status().dead()).isEqualTo(1);
    }

    @Test
    void should_claim_a_suspect_alone_when_it_fails_and_its_retry_is_due() {
        TestSweep sweep = watched(10);
        for (String request : List.of("r1", "r2")) {
            sweep.shortly(request, "w", 1);
            sweep.expire();
            sweep.reap();
        }
        Claim alone = sweep.alone("r3", "w", LONG);
        sweep.fail(alone, false, 0);
        sweep.end(alone);
        assertThat(sweep.zset("wait")).containsExactly("0");
        assertThat(sweep.claim("r4", "v", 3).index(0)).isEqualTo(1);
        Claim again = sweep.alone("r5", "w", LONG);
        assertThat(again.suspect()).isTrue();
        assertThat(again.index(0)).isZero();
        assertThat(again.failures(0)).isEqualTo(1);
    }

    @Test
    void should_count_no_loss_when_all_is_reaped_orderly() {
        TestSweep sweep = TestSweep.post(queue, 100);
        sweep.claim("r1", "w", 10);
        assertThat(sweep.reap(Queue.Reap.ALL_ORDERLY).given()).isEqualTo(10);
        assertThat(sweep.hash("att")).isEmpty();
        sweep.claim("r2", "w", 10);
        assertThat(sweep.reap(Queue.Reap.ALL).given()).isEqualTo(10);
        assertThat(sweep.hash("att")).hasSize(10).containsEntry("3", "0|0|1|");
        assertThat(sweep.status().claims()).isZero();
    }

    @Test
    void should_reap_in_bounded_steps_when_there_are_many_claims() {
        TestSweep sweep = TestSweep.post(queue, 100_000);
        for (int k = 0; k < 12; k++) {
            sweep.claim("a" + k, "w", 10);
        }
        assertThat(sweep.reap(Queue.Reap.ALL_ORDERLY).taken()).isEqualTo(10);
        assertThat(sweep.reap(Queue.Reap.ALL_ORDERLY).taken()).isEqualTo(2);
        for (int k = 0; k < 4; k++) {
            sweep.claim("b" + k, "w", 4096);
        }
        sweep.delete("gaps");
        for (int k = 4; k < 8; k++) {
            sweep.claim("b" + k, "w", 4096);
        }
        assertThat(sweep.reap(Queue.Reap.ALL_ORDERLY).given()).isLessThan(8192 + 4096);
    }

    @Test
    void should_report_lost_claims_and_take_losses_back_when_the_worker_renews() {
        TestSweep sweep = watched(100);
        Claim kept = sweep.claim("r0", "w", 5);
        sweep.shortly("r1", "w", 5);
        sweep.expire();
        sweep.reap();
        assertThat(sweep.hash("att")).hasSize(5);
        assertThat(queue.renew(sweep.id, "w", LONG, List.of("r0", "r1", "never")))
                .isEqualTo(new Queue.Renewed("open", List.of("r1", "never")));
        assertThat(sweep.hash("att")).isEmpty();
        assertThat(queue.renew(sweep.id, "w", LONG, List.of("r0", "r1")).lost()).containsExactly("r1");
        assertThat(queue.renew(sweep.id, "stranger", LONG, List.of("r0")).lost())
                .containsExactly("r0");
        assertThat(sweep.fail(kept, true, 0).dead()).isEqualTo(1);
    }

    @Test
    void should_clear_a_suspect_when_one_of_its_losses_is_taken_back() {
        TestSweep sweep = watched(3);
        for (String request : List.of("r1", "r2")) {
            sweep.shortly(request, "w", 3);
            sweep.expire();
            sweep.reap();
        }
        assertThat(sweep.zset("susp")).hasSize(3);
        queue.renew(sweep.id, "w", LONG, List.of("r1"));
        queue.renew(sweep.id, "w", LONG, List.of("r1"));
        assertThat(sweep.hash("att")).hasSize(3).containsEntry("1", "0|0|1|");
        assertThat(sweep.zset("susp")).isEmpty();
        assertThat(indices(sweep.claim("r3", "v", 3))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void should_not_reap_when_a_lease_was_renewed() {
        TestSweep sweep = watched(100);
        sweep.shortly("r1", "w", 5);
        sweep.expire();
        queue.renew(sweep.id, "w", LONG, List.of("r1"));
        assertThat(sweep.reap().taken()).isZero();
    }

    @Test
    void should_give_back_holes_when_claims_vanished() {
        TestSweep sweep = TestSweep.post(queue, 20_000);
        sweep.set("cursor", "20000");
        sweep.blocks("a", range(0, 32));
        sweep.singles("a", 4097);
        assertThat(queue.audit(sweep.id, false)).isEqualTo(20_000 - 4097);
        assertThat(sweep.status().repaired()).isEqualTo(20_000 - 4097);
        assertThat(sweep.list("gaps")).containsExactly("4096-4097", "4098-8192", "8192-16384", "16384-20000");
        assertThat(queue.audit(sweep.id, false)).isZero();
        assertThat(indices(sweep.claim("r", "w", 10))).containsExactly(4096L);
    }

    @Test
    void should_do_nothing_when_something_is_claimed_or_waits() {
        TestSweep sweep = TestSweep.post(queue, 10, 3, Duration.ofHours(1));
        assertThat(queue.audit(sweep.id, true)).isZero();
        Claim claim = sweep.claim("r", "w", 10);
        assertThat(queue.audit(sweep.id, true)).isZero();
        sweep.fail(claim, false, 1);
        sweep.singles("a", 0, 2, 3, 4, 5, 6, 7, 8, 9);
        sweep.end(claim);
        assertThat(queue.audit(sweep.id, true)).isZero();
        assertThat(sweep.status().waiting()).isEqualTo(1);
        assertThat(sweep.list("gaps")).isEmpty();
    }

    @Test
    void should_open_a_complete_sweep_when_a_deep_audit_misses_results() {
        TestSweep sweep = TestSweep.post(queue, 300);
        sweep.claim("r", "w", 300);
        sweep.blocks("a", 0, 1);
        sweep.singles("a", range(256, 300));
        sweep.end(new Claim("r", 1, false, 0, 300, null, new byte[0], java.util.Map.of(), 0));
        assertThat(sweep.status().state()).isEqualTo("complete");
        sweep.delete("b:1");
        assertThat(queue.audit(sweep.id, false)).isZero();
        assertThat(queue.audit(sweep.id, true)).isEqualTo(128);
        assertThat(sweep.status().state()).isEqualTo("open");
        assertThat(sweep.status().done()).isEqualTo(172);
        assertThat(indices(sweep.claim("r2", "w", 300))).hasSize(128);
        assertThat(sweep.blocks("b", 1).state()).isEqualTo("complete");
    }

    @Test
    void should_count_anew_when_counters_drifted() {
        TestSweep sweep = TestSweep.post(queue, 300);
        sweep.set("cursor", "300");
        sweep.singles("a", range(0, 300));
        sweep.set("state", "open");
        sweep.set("done", "17");
        queue.audit(sweep.id, false);
        assertThat(sweep.status().done()).isEqualTo(300);
        assertThat(sweep.status().state()).isEqualTo("complete");
    }

    @Test
    void should_drop_its_count_when_something_changed_between_two_steps_of_an_audit() {
        TestSweep sweep = TestSweep.post(queue, 10_000);
        sweep.set("cursor", "10000");
        sweep.singles("a", range(1, 1000));
        Reply first = audit(sweep, 0, 0, "");
        sweep.singles("zombie", 0);
        Reply second = audit(sweep, first.number(1), first.number(2), first.text(4));
        assertThat(second.text(0)).isEqualTo("idle");
        assertThat(sweep.status().done()).isEqualTo(1000);
    }

    private static Reply audit(TestSweep sweep, long from, long counted, String mark) {
        return new Reply(queue.link()
                .run(
                        Script.AUDIT,
                        "t:{" + sweep.id + "}:meta",
                        Reply.utf8("c"),
                        Reply.utf8(from),
                        Reply.utf8(counted),
                        Reply.utf8("0"),
                        Reply.utf8(mark)));
    }

    @Test
    void should_try_dead_letters_again_and_keep_the_epoch_when_revived() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r", "w", 10);
        sweep.fail(claim, true, 3, 4);
        sweep.singles("w", 0, 1, 2, 5, 6, 7, 8, 9);
        assertThat(sweep.status().state()).isEqualTo("complete");
        assertThat(queue.revive(sweep.id)).isEqualTo(2);
        assertThat(queue.revive(sweep.id)).isZero();
        assertThat(sweep.status().state()).isEqualTo("open");
        assertThat(sweep.status().dead()).isZero();
        assertThat(sweep.hash("att")).containsEntry("3", "0|" + claim.epoch() + "|0|");
        assertThat(queue.release(sweep.id, "w", List.of("r"))).isZero();
        Claim again = sweep.claim("r2", "w", 10);
        assertThat(indices(again)).containsExactly(3L, 4L);
        assertThat(again.failures(3)).isZero();
        assertThat(sweep.singles("w", 3, 4).state()).isEqualTo("complete");
    }

    @Test
    void should_revive_all_when_there_are_more_dead_letters_than_one_step_takes() {
        TestSweep sweep = TestSweep.post(queue, 3000);
        sweep.singles("w", 2999);
        sweep.fail(sweep.claim("r", "w", 2304), true, range(0, 2300));
        assertThat(queue.revive(sweep.id)).isEqualTo(2300);
        assertThat(sweep.zset("wait")).hasSize(2300);
    }

    @Test
    void should_refuse_to_revive_when_cancelled() {
        TestSweep sweep = TestSweep.post(queue, 10);
        queue.cancel(sweep.id);
        assertThatThrownBy(() -> queue.revive(sweep.id))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void should_leave_no_key_when_cleaned() {
        TestSweep sweep = watched(300_000);
        sweep.blocks("a", range(1, 32));
        sweep.blocks("a", range(2000, 2030));
        sweep.singles("a", 299_990, 5);
        Claim claim = sweep.claim("r", "w", 100);
        sweep.fail(claim, true, 1);
        sweep.fail(claim, false, 2);
        queue.checkpoint(sweep.id, claim, 3, new byte[9]);
        sweep.shortly("r2", "w", 10);
        sweep.expire();
        sweep.reap();
        assertThat(queue.clean(sweep.id, false)).isFalse();
        assertThat(sweep.status().state()).isEqualTo("open");
        assertThat(queue.clean(sweep.id, true)).isTrue();
        assertThat(sweep.keys()).isEmpty();
        assertThat(queue.clean(sweep.id, false)).isTrue();
        assertThat(sweep.singles("zombie", 4).state()).isEqualTo("gone");
        assertThat(sweep.fail(claim, true, 4).state()).isEqualTo("gone");
        queue.renew(sweep.id, "w", LONG, List.of("r"));
        queue.release(sweep.id, "w", List.of("r"));
        sweep.reap();
        assertThat(sweep.keys()).isEmpty();
    }

    @Test
    void should_refuse_everything_when_a_clean_was_interrupted_and_go_on_when_called_again() {
        TestSweep sweep = TestSweep.post(queue, 300_000);
        Claim claim = sweep.claim("r", "w", 100);
        sweep.singles("a", 299_990);
        Reply step =
                new Reply(queue.link().run(Script.CLEAN, "t:{" + sweep.id + "}:meta", Reply.utf8(0), Reply.utf8("1")));
        assertThat(step.text(0)).isEqualTo("more");
        assertThat(sweep.again(3, false).state()).isEqualTo("cleaning");
        assertThat(sweep.singles("a", 7).state()).isEqualTo("cleaning");
        assertThat(sweep.fail(claim, true, 8).state()).isEqualTo("cleaning");
        assertThat(sweep.ask(ask("r9", "w", 1))).isEqualTo(new ClaimAnswer.Closed("cleaning"));
        assertThatThrownBy(() -> queue.revive(sweep.id)).hasMessageContaining("cleaning");
        assertThat(queue.clean(sweep.id, false)).isTrue();
        assertThat(sweep.keys()).isEmpty();
        assertThat(sweep.again(3, false)).isEqualTo(new Queue.Posted("open", true, 0, 0));
    }
}
