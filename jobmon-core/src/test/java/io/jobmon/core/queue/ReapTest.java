package io.jobmon.core.queue;

import static io.jobmon.core.queue.TestSweep.LONG;
import static io.jobmon.core.queue.TestSweep.SHORT;
import static io.jobmon.core.queue.TestSweep.ask;
import static io.jobmon.core.queue.TestSweep.indices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What renew and reap do. */
class ReapTest extends QueueCase {

    @Test
    void should_arm_once_then_reap_when_nobody_reaped_for_long() {
        TestSweep sweep = TestSweep.post(queue, 100);
        sweep.shortly("r1", "w", 10);
        sweep.expire();
        ReapAnswer first = queue.claims().reap(sweep.id, SHORT, Claims.Reap.EXPIRED, "lost", TestSweep.LOST);
        assertThat(first.state()).isEqualTo("armed");
        assertThat(first.taken()).isZero();
        sweep.expire();
        sweep.expire();
        ReapAnswer second = queue.claims().reap(sweep.id, SHORT, Claims.Reap.EXPIRED, "lost", TestSweep.LOST);
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
        assertThat(queue.claims()
                        .reap(sweep.id, SHORT, Claims.Reap.EXPIRED, "lost", TestSweep.LOST)
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
        assertThat(sweep.reap(Claims.Reap.ALL_ORDERLY).given()).isEqualTo(10);
        assertThat(sweep.hash("att")).isEmpty();
        sweep.claim("r2", "w", 10);
        assertThat(sweep.reap(Claims.Reap.ALL).given()).isEqualTo(10);
        assertThat(sweep.hash("att")).hasSize(10).containsEntry("3", "0|0|1|");
        assertThat(sweep.status().claims()).isZero();
    }

    @Test
    void should_reap_in_bounded_steps_when_there_are_many_claims() {
        TestSweep sweep = TestSweep.post(queue, 100_000);
        for (int k = 0; k < 12; k++) {
            sweep.claim("a" + k, "w", 10);
        }
        assertThat(sweep.reap(Claims.Reap.ALL_ORDERLY).taken()).isEqualTo(10);
        assertThat(sweep.reap(Claims.Reap.ALL_ORDERLY).taken()).isEqualTo(2);
        for (int k = 0; k < 4; k++) {
            sweep.claim("b" + k, "w", 4096);
        }
        sweep.delete("gaps");
        for (int k = 4; k < 8; k++) {
            sweep.claim("b" + k, "w", 4096);
        }
        assertThat(sweep.reap(Claims.Reap.ALL_ORDERLY).given()).isLessThan(8192 + 4096);
    }

    @Test
    void should_report_lost_claims_and_take_losses_back_when_the_worker_renews() {
        TestSweep sweep = watched(100);
        Claim kept = sweep.claim("r0", "w", 5);
        sweep.shortly("r1", "w", 5);
        sweep.expire();
        sweep.reap();
        assertThat(sweep.hash("att")).hasSize(5);
        assertThat(queue.claims().renew(sweep.id, "w", LONG, List.of("r0", "r1", "never")))
                .isEqualTo(new Claims.Renewed("open", List.of("r1", "never")));
        assertThat(sweep.hash("att")).isEmpty();
        assertThat(queue.claims()
                        .renew(sweep.id, "w", LONG, List.of("r0", "r1"))
                        .lost())
                .containsExactly("r1");
        assertThat(queue.claims()
                        .renew(sweep.id, "stranger", LONG, List.of("r0"))
                        .lost())
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
        queue.claims().renew(sweep.id, "w", LONG, List.of("r1"));
        queue.claims().renew(sweep.id, "w", LONG, List.of("r1"));
        assertThat(sweep.hash("att")).hasSize(3).containsEntry("1", "0|0|1|");
        assertThat(sweep.zset("susp")).isEmpty();
        assertThat(indices(sweep.claim("r3", "v", 3))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void should_not_reap_when_a_lease_was_renewed() {
        TestSweep sweep = watched(100);
        sweep.shortly("r1", "w", 5);
        sweep.expire();
        queue.claims().renew(sweep.id, "w", LONG, List.of("r1"));
        assertThat(sweep.reap().taken()).isZero();
    }
}
