package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Sweep;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that keeps nothing is killed. */
class FlushedRedisIT extends FaultCase {

    @Test
    void should_post_again_and_complete_when_the_server_comes_back_empty() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(200));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(sweep::await);
        forks.worker(server, 2);
        forks.worker(server, 2);
        awaitWorkers(2);
        for (int k = 0; k < 2; k++) {
            until().alias(forks.output())
                    .ignoreExceptions()
                    .until(() -> sweep.progress().done() >= 200);
            server.kill();
            server.restart();
        }

        waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(forks.alive()).as(forks.output()).hasSize(2);
        new Oracle(server).check(sweep);
        assertThat(csv(sweep)).isEqualTo(undisturbed(200));
        new Oracle(server).clean(jobmon, sweep);
    }
}
