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
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What fail and checkpoint do. */
class FailTest {

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

    private static long[] range(long from, long to) {
        return LongStream.range(from, to).toArray();
    }

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
        StoredBlock block = queue.reader(sweep.meta).read(new long[] {0}).join().get(0);
        assertThat(block.state(4)).isEqualTo(StoredBlock.DEAD);
        assertThat(block.attempts(4)).isEqualTo(3);
        assertThat(sweep.outcomes()).containsEntry(4L, "D:of r3");
        assertThat(sweep.fail(last, false, 4).dead()).isZero();
    }

    @Test
    void should_wait_longer_each_time_when_it_fails_again() {
        TestSweep sweep = TestSweep.post(queue, 4000, 2000, Duration.ofMinutes(10));
        Claim claim = sweep.claim("r", "w", 4000);
        sweep.fail(claim, false, range(0, 50));
        ClaimAnswer.Nothing nothing = (ClaimAnswer.Nothing) sweep.ask(ask("r2", "w", 10));
        assertThat(nothing.delayMillis()).isLessThan(600_000);
        sweep.again(2000, false);
        assertThat(sweep.status().waiting()).isEqualTo(50);
        Claim due = sweep.claim("r3", "w", 256);
        assertThat(due.failures(due.index(0))).isEqualTo(1);
        queue.link()
                .ask(commands -> RedisLink.got(commands.hset(
                        "t:{" + sweep.id + "}:att", Long.toString(due.index(0)), Reply.utf8("1500|1|0|w"))));
        sweep.fail(due, false, due.index(0));
        assertThat(sweep.hash("att").get(Long.toString(due.index(0)))).startsWith("1501|");
    }

    @Test
    void should_leave_the_retry_to_another_worker_when_there_is_one() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        sweep.fail(claim, false, 4);
        assertThat(sweep.ask(new ClaimRequest("r2", "w", 10, 1, LONG, 2, true, false)))
                .isInstanceOf(ClaimAnswer.Nothing.class);
        assertThat(indices(work(sweep.ask(new ClaimRequest("r2", "v", 10, 1, LONG, 2, true, false)))))
                .containsExactly(4L);
    }

    @Test
    void should_refuse_a_failure_when_the_claim_is_gone() {
        TestSweep sweep = TestSweep.post(queue, 10);
        Claim claim = sweep.claim("r1", "w", 10);
        queue.release(sweep.id, "w", List.of("r1"));
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
        assertThat(queue.revive(sweep.id)).isEqualTo(1000);
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
        assertThat(queue.checkpoint(sweep.id, claim, 3, new byte[] {1})).isTrue();
        assertThat(queue.checkpoint(sweep.id, claim, 4, new byte[] {2})).isTrue();
        assertThat(queue.checkpoint(sweep.id, 3)).hasValue(new byte[] {1});
        sweep.singles("a", 3);
        assertThat(queue.checkpoint(sweep.id, 3)).isEmpty();
        assertThat(queue.checkpoint(sweep.id, claim, 3, new byte[] {9})).isFalse();
        queue.release(sweep.id, "w", List.of("r1"));
        assertThat(queue.checkpoint(sweep.id, claim, 4, new byte[] {9})).isFalse();
        Claim other = sweep.claim("r2", "v", 10);
        assertThat(queue.checkpoint(sweep.id, 4)).hasValue(new byte[] {2});
        assertThat(queue.checkpoint(sweep.id, other, 4, new byte[] {5})).isTrue();
        sweep.fail(other, true, 4);
        assertThat(queue.checkpoint(sweep.id, 4)).isEmpty();
        assertThatThrownBy(() -> queue.checkpoint(sweep.id, other, 5, new byte[1024 * 1024 + 1]))
                .isInstanceOf(JobMonException.class);
    }
}
