package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingTest {

    @TempDir
    Path folder;

    /** Adds two numbers. */
    public static final class Sum implements Job<Sum.Params, Long> {

        /** Two numbers. */
        public record Params(long a, long b) {}

        @Override
        public Long run(Params params, Experiment experiment) {
            return params.a + params.b;
        }
    }

    @Test
    void should_free_the_folder_when_closed_by_an_interrupted_thread() {
        JobMon jobmon = JobMon.local(folder);
        jobmon.post(new Sum()).run(new Sum.Params(1, 2)).await();

        Thread.currentThread().interrupt();
        jobmon.close();

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        try (JobMon again = JobMon.local(folder)) {
            Sweep<Sum.Params, Long> sweep = again.post(new Sum()).run(new Sum.Params(1, 2));
            assertThat(sweep.progress().done()).isOne();
        }
    }

    @Test
    void should_end_the_wait_when_closed_by_another_thread() {
        JobMon jobmon = JobMon.local(1);
        Sweep<Sum.Params, Long> sweep =
                jobmon.post(new Sum()).requires("nobody").run(new Sum.Params(1, 2));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> sweep.await(Duration.ofMinutes(1)));

        jobmon.close();

        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(JobMonException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void should_give_what_is_there_before_it_says_why_no_more_comes_when_a_cancelled_sweep_is_streamed() {
        try (JobMon jobmon = JobMon.local(1)) {
            Sweep<Sum.Params, Long> small = jobmon.post(new Sum())
                    .sweep(ParamSpace.grid().axis("a", 1, 2, 3).axis("b", 1));
            small.await();
            Sweep<Sum.Params, Long> sweep = jobmon.post(new Sum())
                    .requires("nobody")
                    .sweep(ParamSpace.grid().axis("a", 1, 2, 3, 4).axis("b", 1));
            sweep.cancel();

            List<Long> sums = new ArrayList<>();
            try (Stream<Result<Sum.Params, Long>> outcomes = sweep.stream()) {
                assertThatThrownBy(() -> outcomes.forEach(outcome -> sums.add(outcome.value())))
                        .isInstanceOf(JobMonException.class)
                        .hasMessageContaining("cancelled");
            }

            assertThat(sums).containsExactly(2L, 3L, 4L);
        }
    }
}
