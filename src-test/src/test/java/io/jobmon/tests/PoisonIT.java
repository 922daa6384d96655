package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.Failures;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Experiments that end the JVM they run in. */
class PoisonIT extends FaultCase {

    private static final int WORKERS = 2;

    @Test
    void should_bury_the_poison_and_nothing_else_when_experiments_kill_their_worker() throws Exception {
        Sweep<Poisonous.Params, Integer> sweep = jobmon.post(new Poisonous()).sweep("i", Axis.range(0, 299, 1));

        while (sweep.progress().state() != SweepState.COMPLETE) {
            while (forks.alive().size() < WORKERS) {
                forks.worker(server, 4);
            }
            sweep.await(HEARTBEAT);
        }

        new Oracle(server).check(sweep);
        Failures failures = sweep.failures();
        assertThat(failures.groups()).as(failures.toString()).singleElement().satisfies(group -> {
            assertThat(group.examples()).containsExactlyInAnyOrder((long) Poisonous.FIRST, (long) Poisonous.SECOND);
            assertThat(group.cause().message()).contains("ends its JVM");
        });
        List<Result<Poisonous.Params, Integer>> results =
                sweep.results().stream().toList();
        assertThat(results).hasSize(298).allMatch(result -> result.value() == result.index() * result.index());
        assertThat(List.of(Executions.of(Poisonous.FIRST), Executions.of(Poisonous.SECOND)))
                .as("what starts leads to a loss, and the third is the last")
                .allMatch(count -> count <= 3);
    }
}
