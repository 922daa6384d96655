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

/** The keys that belong to no sweep: workers, jobs, messages. */
class BoardTest extends QueueCase {

    private static SweepMeta meta(String id) {
        return TestSweep.meta(id, 10, 3, Duration.ZERO, false);
    }

    @Test
    void should_show_workers_that_beat_and_not_those_that_left_or_went_silent() {
        Board board = queue.board();
        board.beat("w1", "h1", "{\"a\":1}");
        board.beat("w2", "h1", "{}");
        board.beat("silent", "h1", "{}");
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

    @Test
    void should_tell_a_worker_to_stop_when_it_its_host_or_all_are_meant() {
        Board board = queue.board();
        long before = board.now();
        assertThat(board.beat("x", "hx", "{}")).isZero();
        board.stop("x");
        assertThat(board.beat("x", "hx", "{}")).isGreaterThanOrEqualTo(before);
        assertThat(board.beat("y", "hx", "{}")).isZero();
        board.stop("hx");
        assertThat(board.beat("y", "hx", "{}")).isGreaterThanOrEqualTo(before);
        assertThat(board.beat("z", "hz", "{}")).isZero();
        board.stop(Board.ALL);
        assertThat(board.beat("z", "hz", "{}")).isGreaterThanOrEqualTo(before);
        List.of("x", "y", "z").forEach(board::leave);
        queue.link().ask(commands -> RedisLink.got(commands.del("t:workers:stop")));
    }

    @Test
    void should_keep_what_people_want_to_know_of_a_job() {
        JobIndex jobs = queue.jobs();
        String hash = "abcdef0123456789abcdef0123456789abcdef01";
        jobs.write(
                new JobNotes.Entry(hash, "Flu", "class Flu {} // \u00e9", Optional.of("first")),
                meta("i1"),
                1700000000001L);
        jobs.write(
                new JobNotes.Entry(hash, "Flu", "class Flu {} // \u00e9", Optional.empty()),
                meta("i2"),
                1700000000002L);
        assertThat(queue.notes().source(hash)).isEqualTo("class Flu {} // \u00e9");
        assertThat(queue.notes().source("none")).isEmpty();
        assertThat(queue.notes().names()).containsEntry(hash, "Flu");
        assertThat(jobs.allSweeps()).contains("i1", "i2");
        assertThat(jobs.sweeps(hash, 10)).containsExactlyInAnyOrder("i1", "i2");
        assertThat(text("jobs:descs", hash)).isEqualTo("first");
        queue.notes().describe(hash, "second");
        assertThat(text("jobs:descs", hash)).isEqualTo("second");
        assertThat(queue.notes().commit(hash, "c1")).isEmpty();
        assertThat(queue.notes().commit(hash, "c2")).contains("c1");
        assertThat(queue.notes().find("abcd")).isEqualTo(hash);
        jobs.write(
                new JobNotes.Entry("abcdff" + hash.substring(6), "Other", "", Optional.empty()),
                meta("i3"),
                1700000000003L);
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

    @Test
    void should_name_the_same_server_when_asked_twice() {
        assertThat(queue.incarnation()).isEqualTo(queue.incarnation()).matches("[0-9a-f]{40}/[0-9a-f]{40}");
    }
}
