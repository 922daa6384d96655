package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A single server in cluster mode, as hosted ones often are: it wants all keys of a call in one slot. */
class ClusterModeTest {

    private static final int SLOTS = 16_384;

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.seven("--cluster-enabled", "yes");

    @Test
    void should_post_and_list_sweeps_when_the_server_wants_the_keys_of_a_call_in_one_slot() {
        List<SweepMeta> metas = IntStream.range(0, 3)
                .mapToObj(k -> TestSweep.meta("c" + k, 10, 3, Duration.ofSeconds(1), false))
                .toList();
        try (QueueServer server = REDIS.server("t");
                Queue queue = server.lane(Duration.ofSeconds(20))) {
            queue.link()
                    .ask(commands -> RedisLink.got(
                            commands.clusterAddSlots(IntStream.range(0, SLOTS).toArray())));
            for (SweepMeta meta : metas) {
                queue.sweeps().post(meta, false);
                JobNotes.Entry entry = new JobNotes.Entry(meta.identity().job(), "Flu", "", Optional.empty(), "");
                queue.jobs().write(entry, meta, 1, true);
            }
            assertThat(new Scripts(queue.link(), queue.keys()).fields(List.of("c2", "none", "c0"), "state", "size"))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("c2", List.of("open", "10"), "none", List.of("", ""), "c0", List.of("open", "10")));
            assertThat(queue.jobs().ghosts()).isEmpty();
            assertThat(queue.sweeps().clean("c1", false)).isTrue();
            assertThat(queue.jobs().ghosts()).containsExactly("c1");
        }
    }
}
