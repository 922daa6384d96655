package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.CommandChannel;
import io.jobmon.HostStatus;
import io.jobmon.JobMonException;
import io.jobmon.WorkerRequest;
import io.jobmon.spi.BatchSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Workers as the tasks of an array of a scheduler that does as it is told. */
class BatchHostTest extends HostCase {

    private final Scheduler scheduler = new Scheduler();

    private static final class Scheduler implements BatchSystem {

        final List<String> said = new ArrayList<>();
        int pending = 3;
        int running;
        boolean refusesToWithdraw;
        String id = "17";

        @Override
        public String kind() {
            return "Toy";
        }

        @Override
        public int workers() {
            return 3;
        }

        @Override
        public Duration time() {
            return Duration.ofHours(1);
        }

        @Override
        public String taskNumber() {
            return "$TASK";
        }

        @Override
        public OptionalInt limit(CommandChannel channel) {
            return OptionalInt.empty();
        }

        @Override
        public String submit(CommandChannel channel, Array array) {
            said.add("submit " + array.name());
            return id;
        }

        @Override
        public List<Task> tasks(CommandChannel channel, Collection<String> arrays) {
            List<Task> tasks = new ArrayList<>();
            if (pending > 0 && arrays.contains(id)) {
                tasks.add(new Task(id, 0, pending, false, "Priority"));
            }
            for (int number = 1; number <= running && arrays.contains(id); number++) {
                tasks.add(new Task(id, number, 1, true, ""));
            }
            return tasks;
        }

        @Override
        public void withdraw(CommandChannel channel, String array) {
            if (refusesToWithdraw) {
                throw new JobMonException("Toy does not hold");
            }
            said.add("withdraw " + array);
            pending = 0;
        }

        @Override
        public void cancel(CommandChannel channel, String array) {
            said.add("cancel " + array + ", " + pending + " pending, " + running + " running");
            pending = 0;
            running = 0;
        }
    }

    private BatchHost launched() throws IOException {
        BatchHost hpc = new BatchHost(host(), 2, scheduler);
        hpc.sync(bundle(Map.of()));
        hpc.launch(new WorkerRequest(
                "l1",
                bundle(Map.of()).id(),
                "Main",
                "redis://:geheim@127.0.0.1:1",
                "jobmon",
                Duration.ofSeconds(1),
                Duration.ofHours(1)));
        return hpc;
    }

    @Test
    void should_say_that_nodes_may_not_come_when_redis_is_there_for_one_machine() {
        BatchHost host = new BatchHost(host(), 1, scheduler);

        assertThat(host.check(request("redis://127.0.0.1:6379")).toString()).contains("ok    only its own machine can");
        assertThat(host.check(request("redis://head:6379"))).isEqualTo(host.check());
    }

    private static WorkerRequest request(String redis) {
        return new WorkerRequest("l1", "b", "Main", redis, "n", Duration.ofSeconds(3), Duration.ofHours(1));
    }

    @Test
    void should_tell_what_waits_and_what_runs() throws IOException {
        BatchHost hpc = launched();
        scheduler.pending = 2;
        scheduler.running = 1;

        HostStatus status = hpc.status();

        assertThat(status.arrays()).containsExactly(new HostStatus.Array("l1", "17", 2));
        assertThat(status.pending()).isEqualTo(2);
        assertThat(status.workers()).extracting(HostStatus.WorkerProcess::job).containsExactly("17_1");
        assertThat(status).hasToString("here: 1 running, 2 pending");
    }

    @Test
    void should_let_nothing_start_during_the_grace_when_stopped() throws IOException {
        BatchHost hpc = launched();
        assertThat(tree("launches")).contains("l1/redis");

        hpc.stop(Duration.ofSeconds(20));

        assertThat(scheduler.said)
                .containsExactly("submit jobmon-l1", "withdraw 17", "cancel 17, 0 pending, 0 running");
        assertThat(tree("launches")).isEmpty();
        assertThat(hpc.status().arrays()).isEmpty();
    }

    @Test
    void should_cancel_what_waits_with_the_rest_when_the_scheduler_does_not_withdraw() throws IOException {
        BatchHost hpc = launched();
        scheduler.refusesToWithdraw = true;
        scheduler.running = 1;

        hpc.stop(Duration.ZERO);

        assertThat(scheduler.said).containsExactly("submit jobmon-l1", "cancel 17, 3 pending, 1 running");
        assertThat(tree("launches")).isEmpty();
    }
}
