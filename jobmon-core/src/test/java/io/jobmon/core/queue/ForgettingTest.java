package io.jobmon.core.queue;

import static io.jobmon.core.queue.TestSweep.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that somebody has killed. */
class ForgettingTest extends QueueCase {

    private static TestSweep listed(long size) {
        TestSweep sweep = TestSweep.post(queue, size);
        queue.jobs()
                .write(
                        new JobNotes.Entry(sweep.meta.identity().job(), "Job", "", Optional.empty(), ""),
                        sweep.meta,
                        queue.board().now(),
                        false);
        return sweep;
    }

    @AfterEach
    void clear() {
        queue.link().ask(commands -> RedisLink.got(commands.flushall()));
    }

    @Test
    void should_give_back_what_they_had_at_once_and_count_nothing() {
        TestSweep one = listed(100);
        TestSweep two = listed(100);
        queue.board().beat("dead", List.of("h"), "{}");
        queue.board().beat("live", List.of("h"), "{}");
        one.claim("r1", "dead", 10);
        one.claim("r2", "live", 10);
        one.singles("dead", 0, 1);
        two.claim("r3", "dead", 5);

        assertThat(queue.forget(List.of("dead"))).isEqualTo(13);

        assertThat(queue.board().alive(Duration.ofMinutes(1))).containsOnlyKeys("live");
        assertThat(one.hash("claims")).containsOnlyKeys("r2");
        assertThat(one.zset("leases")).containsExactly("r2");
        assertThat(one.list("gaps")).containsExactly("2-10");
        assertThat(two.hash("claims")).isEmpty();
        assertThat(one.hash("att")).isEmpty();
        assertThat(one.hash("lost")).isEmpty();
        assertThat(queue.forget(List.of("dead"))).isZero();
        assertThat(queue.forget(List.of())).isZero();
    }

    @Test
    void should_let_a_suspect_be_one_when_its_worker_was_killed() {
        TestSweep sweep = listed(10);
        sweep.reap();
        for (String request : List.of("r1", "r2")) {
            sweep.shortly(request, "w", 1);
            sweep.expire();
            sweep.reap();
        }
        assertThat(sweep.alone("r3", "w", LONG).suspect()).isTrue();

        assertThat(queue.forget(List.of("w"))).isOne();

        assertThat(sweep.zset("susp")).containsExactly("0");
        assertThat(sweep.status().dead()).isZero();
    }

    @Test
    void should_tell_a_worker_that_lives_after_all_that_its_claims_are_lost() {
        TestSweep sweep = listed(10);
        sweep.claim("r1", "w", 10);
        queue.forget(List.of("w"));
        assertThat(queue.claims().renew(sweep.id, "w", LONG, List.of("r1")).lost())
                .containsExactly("r1");
        queue.board().beat("w", List.of(), "{}");
        assertThat(queue.board().alive(Duration.ofMinutes(1))).containsOnlyKeys("w");
    }

    @Test
    void should_look_at_all_sweeps_when_one_is_damaged_and_there_are_many() {
        for (int k = 0; k < 250; k++) {
            listed(1);
        }
        TestSweep odd = listed(10);
        TestSweep ill = listed(10);
        TestSweep sound = listed(10);
        queue.link().ask(commands -> RedisLink.got(commands.set("t:{" + odd.id + "}:claims", Reply.utf8("x"))));
        ill.claim("r1", "w", 5);
        queue.link().ask(commands -> RedisLink.got(commands.del("t:{" + ill.id + "}:gaps")));
        queue.link().ask(commands -> RedisLink.got(commands.set("t:{" + ill.id + "}:gaps", Reply.utf8("x"))));
        sound.claim("r2", "w", 5);

        assertThat(queue.forget(List.of("w"))).isEqualTo(5);

        assertThat(sound.hash("claims")).isEmpty();
    }
}
