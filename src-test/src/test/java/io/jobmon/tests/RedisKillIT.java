package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The server is killed while workers work and a program waits. */
class RedisKillIT extends FaultCase {

    @Override
    TestServer server() throws IOException {
        return TestServer.durable(folder);
    }

    @Test
    void should_complete_when_a_server_with_an_append_only_file_is_killed() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(800));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(sweep::await);
        for (int k = 0; k < 3; k++) {
            forks.worker(server, 2);
        }
        awaitWorkers(3);
        for (int kill = 1; kill <= 4; kill++) {
            long enough = 800L * kill;
            until().alias(forks.output()).until(() -> sweep.progress().done() >= enough);
            server.kill();
            server.restart();
        }

        waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(forks.alive()).as(forks.output()).hasSize(3);
        new Oracle(server).check(sweep);
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        assertThat(csv(sweep)).isEqualTo(undisturbed(800));
        new Oracle(server).clean(jobmon, sweep);
    }

    @Test
    void should_not_post_again_what_a_restarted_server_had_before_it_was_cleaned() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(1));
        server.kill();
        server.restart();
        assertThat(sweep.progress().size()).isEqualTo(5);
        jobmon.clean(sweep.jobHash());
        assertThatThrownBy(sweep::await).isInstanceOf(JobMonException.class).hasMessageContaining("cleaned");
    }

    @Test
    void should_go_on_waiting_when_the_server_is_away_for_longer_than_calls_are_repeated() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(20));
        CompletableFuture<String> said = new CompletableFuture<>();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> sweep.await(new ProgressListener() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void notice(String line) {
                if (line.contains("out of reach")) {
                    said.complete(line);
                }
            }
        }));
        CompletableFuture<List<Long>> streamed = CompletableFuture.supplyAsync(
                () -> sweep.stream().map(Result::index).sorted().toList());
        until().until(() ->
                server.ask(redis -> redis.pubsubNumsub("jobmon:events").get("jobmon:events")) > 0);
        server.kill();
        assertThat(said.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).contains("goes on waiting");
        assertThat(waiting).isNotDone();
        server.restart();
        assertThat(streamed).isNotDone();
        forks.worker(server, 2);

        waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(streamed.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(LongStream.range(0, sweep.size()).boxed().toList());
        new Oracle(server).check(sweep);
    }

    @Test
    void should_keep_what_was_done_when_the_server_is_away_for_longer_than_a_lease() throws Exception {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(200));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(sweep::await);
        Forks.Fork worker = forks.worker(server, 2);
        until().until(() -> sweep.progress().done() >= 100);
        server.kill();
        until().alias(worker.output()).until(() -> worker.output().contains("Finished experiments wait"));
        server.restart();

        waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        new Oracle(server).check(sweep);
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        assertThat(worker.process().isAlive()).isTrue();
    }
}
