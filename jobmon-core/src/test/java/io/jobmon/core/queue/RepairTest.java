package io.jobmon.core.queue;

import static io.jobmon.core.queue.TestSweep.LONG;
import static io.jobmon.core.queue.TestSweep.ask;
import static io.jobmon.core.queue.TestSweep.indices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What audit, revive and clean do. */
class RepairTest extends QueueCase {

    @Test
    void should_give_back_holes_when_claims_vanished() {
        TestSweep sweep = TestSweep.post(queue, 20_000);
        sweep.set("cursor", "20000");
        sweep.blocks("a", range(0, 32));
        sweep.singles("a", 4097);
        assertThat(queue.claims().audit(sweep.id, false)).isEqualTo(20_000 - 4097);
        assertThat(sweep.figure("repaired")).isEqualTo(20_000 - 4097);
        assertThat(sweep.list("gaps")).containsExactly("4096-4097", "4098-8192", "8192-16384", "16384-20000");
        assertThat(queue.claims().audit(sweep.id, false)).isZero();
        assertThat(indices(sweep.claim("r", "w", 10))).containsExactly(4096L);
    }

    @Test
    void should_know_failures_and_whole_blocks_when_a_repaired_range_is_claimed() {
        TestSweep sweep = TestSweep.post(queue, 1000);
        sweep.fail(sweep.claim("r1", "w", 1000), false, 300);
        sweep.claim("r2", "w", 1);
        sweep.singles("w", 600);
        sweep.vanish("r1");
        sweep.vanish("r2");
        assertThat(queue.claims().audit(sweep.id, false)).isEqualTo(999);
        Claim claim = sweep.claim("r3", "w", 600);
        assertThat(claim.span()).isEqualTo(600);
        assertThat(claim.failures(300)).isEqualTo(1);
        assertThat(claim.failures(301)).isZero();
        assertThat(LongStream.range(0, 600).filter(k -> claim.wholeBlock((int) k)))
                .containsExactly(0L, 128L, 384L);
    }

    @Test
    void should_do_nothing_when_something_is_claimed_or_waits() {
        TestSweep sweep = TestSweep.post(queue, 10, 3, Duration.ofHours(1));
        assertThat(queue.claims().audit(sweep.id, true)).isZero();
        Claim claim = sweep.claim("r", "w", 10);
        assertThat(queue.claims().audit(sweep.id, true)).isZero();
        sweep.fail(claim, false, 1);
        sweep.singles("a", 0, 2, 3, 4, 5, 6, 7, 8, 9);
        sweep.end(claim);
        assertThat(queue.claims().audit(sweep.id, true)).isZero();
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
        assertThat(queue.claims().audit(sweep.id, false)).isZero();
        assertThat(queue.claims().audit(sweep.id, true)).isEqualTo(128);
        assertThat(sweep.status().state()).isEqualTo("open");
        assertThat(sweep.status().done()).isEqualTo(172);
        assertThat(indices(sweep.claim("r2", "w", 300))).hasSize(128);
        assertThat(sweep.blocks("b", 1).state()).isEqualTo("complete");
    }

    @Test
    void should_look_through_a_complete_sweep_once_when_the_server_was_not_started_anew() {
        TestSweep sweep = TestSweep.post(queue, 20_000);
        sweep.set("cursor", "20000");
        sweep.blocks("a", range(0, 32));
        sweep.blocks("a", range(32, 64));
        sweep.blocks("a", range(64, 96));
        sweep.blocks("a", range(96, 128));
        sweep.blocks("a", range(128, 156));
        sweep.singles("a", range(19_968, 20_000));
        assertThat(sweep.status().state()).isEqualTo("complete");
        assertThat(queue.claims().audit(sweep.id, true)).isZero();
        sweep.delete("b:150");
        assertThat(queue.claims().audit(sweep.id, true)).isZero();
        sweep.set("audited", "another");
        assertThat(queue.claims().audit(sweep.id, true)).isEqualTo(128);
        assertThat(sweep.status().state()).isEqualTo("open");
    }

    @Test
    void should_count_anew_when_counters_drifted() {
        TestSweep sweep = TestSweep.post(queue, 300);
        sweep.set("cursor", "300");
        sweep.singles("a", range(0, 300));
        sweep.set("state", "open");
        sweep.set("done", "17");
        queue.claims().audit(sweep.id, false);
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
                        new String[] {"t:{" + sweep.id + "}:meta"},
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
        assertThat(queue.sweeps().revive(sweep.id)).isEqualTo(2);
        assertThat(queue.sweeps().revive(sweep.id)).isZero();
        assertThat(sweep.status().state()).isEqualTo("open");
        assertThat(sweep.status().dead()).isZero();
        assertThat(sweep.hash("att")).containsEntry("3", "0|" + claim.epoch() + "|0|");
        assertThat(queue.claims().release(sweep.id, "w", List.of("r"))).isZero();
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
        assertThat(queue.sweeps().revive(sweep.id)).isEqualTo(2300);
        assertThat(sweep.zset("wait")).hasSize(2300);
    }

    @Test
    void should_refuse_to_revive_when_cancelled() {
        TestSweep sweep = TestSweep.post(queue, 10);
        queue.sweeps().cancel(sweep.id);
        assertThatThrownBy(() -> queue.sweeps().revive(sweep.id))
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
        queue.claims().checkpoint(sweep.id, claim, 3, new byte[9]);
        sweep.shortly("r2", "w", 10);
        sweep.expire();
        sweep.reap();
        assertThat(queue.sweeps().clean(sweep.id, false)).isFalse();
        assertThat(sweep.status().state()).isEqualTo("open");
        assertThat(queue.sweeps().clean(sweep.id, true)).isTrue();
        assertThat(sweep.keys()).isEmpty();
        assertThat(queue.sweeps().clean(sweep.id, false)).isTrue();
        assertThat(sweep.singles("zombie", 4).state()).isEqualTo("gone");
        assertThat(sweep.fail(claim, true, 4).state()).isEqualTo("gone");
        queue.claims().renew(sweep.id, "w", LONG, List.of("r"));
        queue.claims().release(sweep.id, "w", List.of("r"));
        sweep.reap();
        assertThat(sweep.keys()).isEmpty();
    }

    @Test
    void should_refuse_everything_when_a_clean_was_interrupted_and_go_on_when_called_again() {
        TestSweep sweep = TestSweep.post(queue, 300_000);
        Claim claim = sweep.claim("r", "w", 100);
        sweep.singles("a", 299_990);
        Reply step = new Reply(queue.link()
                .run(Script.CLEAN, new String[] {"t:{" + sweep.id + "}:meta"}, Reply.utf8(0), Reply.utf8("1")));
        assertThat(step.text(0)).isEqualTo("more");
        assertThat(sweep.again(3, false).state()).isEqualTo("cleaning");
        assertThat(sweep.singles("a", 7).state()).isEqualTo("cleaning");
        assertThat(sweep.fail(claim, true, 8).state()).isEqualTo("cleaning");
        assertThat(sweep.ask(ask("r9", "w", 1))).isEqualTo(new ClaimAnswer.Closed("cleaning"));
        assertThatThrownBy(() -> queue.sweeps().revive(sweep.id)).hasMessageContaining("cleaning");
        assertThat(queue.sweeps().clean(sweep.id, false)).isTrue();
        assertThat(sweep.keys()).isEmpty();
        assertThat(sweep.again(3, false))
                .usingRecursiveComparison()
                .ignoringFields("first", "now", "incarnation")
                .isEqualTo(new Sweeps.Posted("open", true, 0, 0, 0, 0, ""));
    }
}
