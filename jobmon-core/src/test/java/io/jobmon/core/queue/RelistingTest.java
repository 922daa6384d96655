package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How sweeps that are open and not listed are found. */
class RelistingTest extends QueueCase {

    private long nanos;

    @BeforeEach
    void empty() {
        queue.link().ask(commands -> RedisLink.got(commands.flushall()));
        queue.link().ask(commands -> RedisLink.got(commands.configResetstat()));
    }

    private Relisting relisting() {
        return new Relisting(queue.link(), queue.keys(), () -> nanos);
    }

    private static void fill(int keys) {
        for (int from = 0; from < keys; from += 1000) {
            Map<String, byte[]> some = new HashMap<>();
            for (int k = from; k < Math.min(keys, from + 1000); k++) {
                some.put("t:{other}:b:" + k, new byte[1]);
            }
            queue.link().ask(commands -> RedisLink.got(commands.mset(some)));
        }
    }

    private static long calls(String command) {
        String stats = queue.link().ask(commands -> RedisLink.got(commands.info("commandstats")));
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .sum();
    }

    private static List<String> listed(TestSweep sweep) {
        return queue.jobs().openSweeps(sweep.meta.identity().base()).stream()
                .map(JobIndex.Open::id)
                .toList();
    }

    @Test
    void should_list_those_that_are_open_when_they_were_forgotten() {
        TestSweep open = TestSweep.post(queue, 10);
        TestSweep adopting = TestSweep.adopting(queue, 10);
        TestSweep cancelled = TestSweep.post(queue, 10);
        queue.sweeps().cancel(cancelled.id);
        TestSweep known = TestSweep.post(queue, 10);
        queue.jobs().open(known.meta);
        TestSweep odd = TestSweep.post(queue, 10);
        odd.set("priority", "high");
        TestSweep none = TestSweep.post(queue, 10);
        none.delete("meta");
        queue.link().ask(commands -> RedisLink.got(commands.set("t:{" + none.id + "}:meta", new byte[1])));

        assertThat(relisting().step()).isEqualTo(2);

        assertThat(listed(open)).containsExactly(open.id);
        assertThat(listed(adopting)).containsExactly(adopting.id);
        assertThat(listed(known)).containsExactly(known.id);
        assertThat(listed(cancelled)).isEmpty();
        assertThat(listed(odd)).isEmpty();
    }

    @Test
    void should_go_on_where_it_was_when_there_is_more_than_one_step_takes() {
        fill(40_000);
        TestSweep sweep = TestSweep.post(queue, 10);
        Relisting relisting = relisting();
        long listed = 0;
        int steps = 0;
        for (long scans = 0; ; steps++) {
            listed += relisting.step();
            long more = calls("scan") - scans;
            assertThat(more).isBetween(0L, (long) Relisting.SCANS);
            if (more < Relisting.SCANS) {
                break;
            }
            scans += more;
        }
        assertThat(steps).isGreaterThan(3);
        assertThat(listed).isEqualTo(1);
        assertThat(listed(sweep)).containsExactly(sweep.id);
        assertThat(calls("set")).isEqualTo(1);
    }

    @Test
    void should_ask_for_its_turn_now_and_then_only_when_another_looks() {
        Relisting first = relisting();
        Relisting second = relisting();
        first.step();
        for (int k = 0; k < 100; k++) {
            first.step();
            second.step();
        }
        assertThat(calls("scan")).isEqualTo(1);
        assertThat(calls("set")).isEqualTo(2);
        TestSweep sweep = TestSweep.post(queue, 10);
        nanos += TimeUnit.SECONDS.toNanos(15);
        assertThat(first.step()).isZero();
        queue.link().ask(commands -> RedisLink.got(commands.del(queue.keys().relisted())));
        assertThat(second.step()).isEqualTo(1);
        assertThat(listed(sweep)).containsExactly(sweep.id);
        assertThat(calls("set")).isEqualTo(4);
    }

    @Test
    void should_keep_its_turn_when_it_takes_longer_than_a_minute() {
        fill(20_000);
        Relisting first = relisting();
        first.step();
        queue.link().ask(commands -> RedisLink.got(commands.expire(queue.keys().relisted(), 5)));
        first.step();
        long left = queue.link()
                .ask(commands -> RedisLink.got(commands.ttl(queue.keys().relisted())));
        assertThat(left).isGreaterThan(5);
    }
}
