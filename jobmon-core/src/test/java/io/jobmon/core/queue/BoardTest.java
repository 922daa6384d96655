package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that belong to no sweep: workers, jobs, messages. */
class BoardTest extends QueueCase {

    private static SweepMeta meta(String id) {
        return TestSweep.meta(id, 10, 3, Duration.ZERO, false);
    }

    @Test
    void should_show_workers_that_beat_and_not_those_that_left_or_went_silent() {
        Board board = queue.board();
        board.beat("w1", List.of("h1"), "{\"a\":1}");
        board.beat("w2", List.of("h1"), "{}");
        board.beat("silent", List.of("h1"), "{}");
        queue.link()
                .ask(commands -> RedisLink.got(
                        commands.zadd("t:workers:hbs", (double) board.now() - 60_000, Reply.utf8("silent"))));
        assertThat(board.alive(Duration.ofSeconds(30)))
                .containsOnlyKeys("w1", "w2")
                .containsEntry("w1", "{\"a\":1}");
        assertThat(board.alive(Duration.ofSeconds(90))).containsOnlyKeys("w1", "w2", "silent");
        board.bury(Duration.ofSeconds(30));
        assertThat(board.alive(Duration.ofSeconds(90))).containsOnlyKeys("w1", "w2");
        board.leave("w1");
        board.leave("w2");
        assertThat(board.alive(Duration.ofSeconds(90))).isEmpty();
    }

    private static List<Board.Stop> orders(String worker, String... names) {
        return queue.board().beat(worker, List.of(names), "{}");
    }

    private static void clearStops() {
        List.of("x", "y", "z").forEach(queue.board()::leave);
        queue.link().ask(commands -> RedisLink.got(commands.del("t:workers:stop")));
    }

    @Test
    void should_tell_a_worker_to_stop_when_it_its_host_its_place_or_all_are_meant() {
        Board board = queue.board();
        long before = board.now();
        assertThat(orders("x", "hx", "px")).isEmpty();
        board.stop("x");
        assertThat(orders("x", "hx", "px")).hasSize(1).allMatch(stop -> stop.at() >= before);
        assertThat(orders("y", "hx", "px")).isEmpty();
        board.stop("hx");
        assertThat(orders("y", "hx", "px")).hasSize(1);
        assertThat(orders("z", "hz", "pz")).isEmpty();
        board.stop("pz");
        assertThat(orders("z", "hz", "pz")).hasSize(1);
        assertThat(orders("z", "hz")).isEmpty();
        board.stop(Board.ALL);
        assertThat(orders("z", "hz")).hasSize(1);
        assertThat(orders("x", "hx", "px")).hasSize(3);
        clearStops();
    }

    @Test
    void should_pass_on_the_grace_that_was_given() {
        Board board = queue.board();
        board.stop("x");
        assertThat(orders("x")).extracting(Board.Stop::grace).containsExactly(Board.Stop.GRACE);
        board.stop("x", Duration.ofMillis(90_500));
        assertThat(orders("x")).extracting(Board.Stop::grace).containsExactly(Duration.ofMillis(90_500));
        board.stop("x", Duration.ofSeconds(-1));
        assertThat(orders("x")).extracting(Board.Stop::grace).containsExactly(Duration.ZERO);
        clearStops();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1700000000001", "1700000000001|2000"})
    void should_understand_an_order_in_its_old_and_new_form(String order) {
        queue.link().ask(commands -> RedisLink.got(commands.hset("t:workers:stop", "x", Reply.utf8(order))));
        assertThat(orders("x")).containsExactly(new Board.Stop(1700000000001L, Duration.ofSeconds(2)));
        clearStops();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "1|", "1|x", "|5", "1|2|3", "99999999999999999999", "1e3"})
    void should_pass_over_an_order_that_makes_no_sense(String order) {
        queue.link().ask(commands -> RedisLink.got(commands.hset("t:workers:stop", "x", Reply.utf8(order))));
        assertThat(orders("x")).isEmpty();
        clearStops();
    }

    @Test
    void should_keep_what_people_want_to_know_of_a_job() {
        JobIndex jobs = queue.jobs();
        String hash = "abcdef0123456789abcdef0123456789abcdef01";
        jobs.write(
                new JobNotes.Entry(hash, "Flu", "class Flu {} // \u00e9", Optional.of("first"), ""),
                meta("i1"),
                1700000000001L,
                false);
        jobs.write(
                new JobNotes.Entry(hash, "Flu", "class Flu {} // \u00e9", Optional.empty(), ""),
                meta("i2"),
                1700000000002L,
                true);
        assertThat(queue.notes().source(hash)).isEqualTo("class Flu {} // \u00e9");
        assertThat(queue.notes().source("none")).isEmpty();
        assertThat(queue.notes().names()).containsEntry(hash, "Flu");
        assertThat(jobs.allSweeps()).contains("i1", "i2");
        assertThat(jobs.sweeps(hash, 10)).containsExactlyInAnyOrder("i1", "i2");
        assertThat(jobs.openSweeps("basei1")).isEmpty();
        assertThat(jobs.openSweeps("basei2")).extracting(JobIndex.Open::id).containsExactly("i2");
        assertThat(text("jobs:descs", hash)).isEqualTo("first");
        queue.notes().describe(hash, "second");
        assertThat(text("jobs:descs", hash)).isEqualTo("second");
        assertThat(queue.notes().commit(hash, "c1")).isEmpty();
        assertThat(queue.notes().commit(hash, "c2")).contains("c1");
        assertThat(queue.notes().find("abcd")).isEqualTo(hash);
        jobs.write(
                new JobNotes.Entry("abcdff" + hash.substring(6), "Other", "", Optional.empty(), ""),
                meta("i3"),
                1700000000003L,
                false);
        assertThatThrownBy(() -> queue.notes().find("abcd"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("More than one");
        assertThatThrownBy(() -> queue.notes().find("0000"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("no job");
        assertThatThrownBy(() -> queue.notes().find("AB"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("hexadecimal");
        jobs.forget(hash, "basei1", "i1");
        jobs.forget(hash, "basei2", "i2");
        jobs.forget(hash);
        jobs.forget("abcdff" + hash.substring(6), "basei3", "i3");
        jobs.forget("abcdff" + hash.substring(6));
        assertThat(keys("t:jobs:*")).isEmpty();
        assertThat(keys("t:params:*")).isEmpty();
    }

    private static List<String> keys(String pattern) {
        return queue.link().ask(commands -> RedisLink.got(commands.keys(pattern)));
    }

    private static String text(String key, String field) {
        return Reply.text(queue.link().ask(commands -> RedisLink.got(commands.hget("t:" + key, field))));
    }

    @Test
    void should_list_open_sweeps_and_put_back_what_is_open_after_all() {
        JobIndex jobs = queue.jobs();
        SweepMeta meta = meta("o1");
        queue.sweeps().post(meta, false);
        jobs.open(meta);
        assertThat(jobs.openSweeps("baseo1")).containsExactly(new JobIndex.Open("o1", 0));
        jobs.close("baseo1", "o1");
        jobs.close("baseo1", "o1");
        assertThat(jobs.openSweeps("baseo1")).hasSize(1);
        queue.sweeps().cancel("o1");
        jobs.close("baseo1", "o1");
        assertThat(jobs.openSweeps("baseo1")).isEmpty();
    }

    @Test
    void should_pass_messages_on_and_drop_those_of_strangers() throws InterruptedException {
        LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Signals.Listener listener = new Signals.Listener() {
            @Override
            public void work(String base, long amount) {
                heard.add(base + " " + amount);
            }

            @Override
            public void event(String sweep, String what) {
                heard.add(sweep + " " + what);
            }
        };
        queue.signals().add(listener);
        for (String bad : List.of("", "|", "x|", "x|y", "}:{", "{a", "}:")) {
            queue.link().ask(commands -> RedisLink.got(commands.publish("t:wake", Reply.utf8(bad))));
            queue.link().ask(commands -> RedisLink.got(commands.publish("t:events", Reply.utf8(bad))));
        }
        queue.sweeps().post(meta("m1"), false);
        queue.jobs().open(meta("m1"));
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("basem1 10");
        queue.sweeps().cancel("m1");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("m1 cancelled");
        queue.signals().remove(listener);
    }
}
