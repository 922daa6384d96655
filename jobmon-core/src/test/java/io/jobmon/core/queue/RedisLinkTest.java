package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is understood of a server's errors, on the oldest version and the newest. */
class RedisLinkTest {

    private static TestRedis redis(String version, String... extra) {
        return version.equals("6.2")
                ? TestRedis.sixTwo(extra).start()
                : TestRedis.seven(extra).start();
    }

    private static void config(Queue queue, String name, String value) {
        queue.link().ask(commands -> RedisLink.got(commands.configSet(name, value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2", "7.0"})
    void should_wait_and_store_nothing_by_halves_when_memory_is_full(String version) {
        try (TestRedis redis = redis(version);
                QueueServer server = redis.server("t");
                Queue queue = server.lane(Duration.ofMillis(50));
                Queue patient = queue.lane(Duration.ofSeconds(60))) {
            TestSweep sweep = TestSweep.post(queue, 1000);
            sweep.claim("r", "w", 128);
            config(queue, "maxmemory", "1");
            assertThatThrownBy(() -> sweep.singles("w", LongStream.range(0, 100).toArray()))
                    .isInstanceOf(QueueException.class)
                    .hasMessageContaining("memory");
            assertThat(sweep.bits()).isEmpty();
            CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(
                    () -> patient.commit(sweep.id, batch(100), "w", 0).stored());
            config(queue, "maxmemory", "0");
            assertThat(waiting.join()).isEqualTo(100);
            assertThat(sweep.outcomes()).hasSize(100);
        }
    }

    private static Outcomes batch(int singles) {
        Outcomes outcomes = new Outcomes();
        LongStream.range(0, singles).forEach(i -> outcomes.add(TestSweep.single(i, "w")));
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2", "7.0"})
    void should_wait_when_the_server_may_not_write(String version) {
        try (TestRedis redis = redis(version);
                QueueServer server = redis.server("t");
                Queue queue = server.lane(Duration.ofMillis(50))) {
            TestSweep sweep = TestSweep.post(queue, 1000);
            queue.link().ask(commands -> RedisLink.got(commands.replicaof("127.0.0.1", 1)));
            assertThatThrownBy(() -> sweep.singles("w", 1)).isInstanceOf(QueueException.class);
            queue.link().ask(commands -> RedisLink.got(commands.replicaofNoOne()));
            config(queue, "min-replicas-to-write", "1");
            assertThatThrownBy(() -> sweep.singles("w", 1)).isInstanceOf(QueueException.class);
            config(queue, "min-replicas-to-write", "0");
            assertThat(sweep.singles("w", 1).stored()).isEqualTo(1);
        }
    }

    @Test
    void should_send_the_script_again_when_the_server_has_forgotten_it() {
        try (TestRedis redis = redis("7.0");
                QueueServer server = redis.server("t");
                Queue queue = server.lane(Duration.ofSeconds(5))) {
            TestSweep sweep = TestSweep.post(queue, 1000);
            sweep.singles("w", 1);
            queue.link().ask(commands -> RedisLink.got(commands.scriptFlush()));
            assertThat(sweep.singles("w", 2).stored()).isEqualTo(1);
        }
    }

    @Test
    void should_give_up_after_its_patience_when_the_server_is_gone() {
        TestRedis redis = redis("7.0");
        try (QueueServer server = redis.server("t");
                Queue queue = server.lane(Duration.ofMillis(300))) {
            TestSweep sweep = TestSweep.post(queue, 1000);
            redis.close();
            assertThatThrownBy(sweep::status)
                    .isInstanceOf(QueueException.class)
                    .hasMessageContaining("out of reach")
                    .hasMessageNotContaining(TestRedis.PASSWORD);
        }
    }

    @Test
    void should_not_repeat_when_the_command_itself_is_wrong() {
        try (TestRedis redis = redis("7.0");
                QueueServer server = redis.server("t");
                Queue queue = server.lane(Duration.ofDays(1))) {
            queue.link().ask(commands -> RedisLink.got(commands.set("t:{x}:meta", new byte[1])));
            assertThatThrownBy(() -> queue.sweeps().status("x"))
                    .isInstanceOf(JobMonException.class)
                    .isNotInstanceOf(QueueException.class)
                    .hasMessageContaining("WRONGTYPE");
        }
    }
}
