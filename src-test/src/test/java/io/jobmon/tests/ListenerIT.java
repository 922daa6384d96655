package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.JobMonListener.Finished;
import io.jobmon.JobMonListener.Lost;
import io.jobmon.JobMonListener.Started;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import org.junit.jupiter.api.Test;

/** What a listener is told when another worker is killed. */
class ListenerIT extends FaultCase {

    @Test
    void should_tell_who_was_lost_and_start_again_what_it_had() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Counting()).run(new Counting.Params(40), 2);
        Forks.Fork killed = forks.worker(server, 1);
        awaitClaim(sweep, killed);
        String id = jobmon.net().get(0).id();
        killed.kill();
        Recorder told = new Recorder();
        String finder;
        try (Worker worker =
                jobmon.worker().job(new Counting()).slots(2).listener(told).start()) {
            finder = worker.id();
            complete(sweep);
        }

        assertThat(told.all(Lost.class)).singleElement().satisfies(event -> {
            assertThat(event.worker()).isEqualTo(finder).isNotEqualTo(id);
            assertThat(event.sweep()).isEqualTo(sweep.id());
            assertThat(event.job()).isEqualTo("Counting");
            assertThat(event.silent()).containsExactly(id);
            assertThat(event.experiments()).isEqualTo(1);
            assertThat(event.dead()).isZero();
        });
        assertThat(told.all(Started.class))
                .as("a loss is no attempt")
                .extracting(Started::attempt)
                .containsOnly(1);
        assertThat(told.all(Finished.class)).extracting(Finished::index).containsExactlyInAnyOrder(0L, 1L);
    }
}
