package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobmon.Axis;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.SweepState;
import io.jobmon.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Posting again runs what is missing, and nothing else. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ResumeTest {

    private static final Map<Integer, AtomicInteger> RUNS = new ConcurrentHashMap<>();
    private static final AtomicInteger TESTS = new AtomicInteger();

    private static volatile boolean failing;

    private OwnRedis server;
    private JobMon jobmon;
    private int test;

    /** Counts its runs by its first parameter, the number of the test. */
    record Params(int test, double x) {}

    record Outcome(double x, long random) {}

    static final class Counted implements Job<Params, Outcome> {
        @Override
        public Outcome run(Params params, Experiment experiment) {
            RUNS.computeIfAbsent(params.test(), key -> new AtomicInteger()).incrementAndGet();
            if (failing && params.x() == 2) {
                throw new IllegalStateException("not now");
            }
            experiment.ground(List.of(params.x()));
            return new Outcome(params.x(), experiment.random().nextLong());
        }
    }

    @BeforeEach
    void open() {
        server = OwnRedis.start();
        jobmon = JobMon.connect(server.uri());
        test = TESTS.incrementAndGet();
        failing = false;
    }

    @AfterEach
    void close() {
        jobmon.close();
        server.close();
    }

    private int runs() {
        return RUNS.computeIfAbsent(test, key -> new AtomicInteger()).getAndSet(0);
    }

    private Posting<Params, Outcome> post() {
        return jobmon.post(new Counted());
    }

    private ParamSpace over(Axis x) {
        return ParamSpace.grid().axis("test", test).axis("x", x);
    }

    private Worker worker() {
        return jobmon.worker().job(new Counted()).slots(2).start();
    }

    private static List<Outcome> values(Sweep<Params, Outcome> sweep) {
        sweep.await();
        return sweep.results().stream().map(Result::value).toList();
    }

    @Test
    void should_run_nothing_when_the_same_is_posted_again() {
        Sweep<Params, Outcome> sweep = post().replicates(2).sweep(over(Axis.of(1, 2, 3)));
        List<Outcome> first;
        try (Worker worker = worker()) {
            first = values(sweep);
        }
        assertThat(runs()).isEqualTo(6);

        // Nobody is there to run anything.
        Sweep<Params, Outcome> again =
                post().describe("again").attempts(9).replicates(2).sweep(over(Axis.of(1.0, 2.0, 3.0)));

        assertThat(again.id()).isEqualTo(sweep.id());
        assertThat(values(again)).isEqualTo(first);
        assertThat(server.commands().keys("jobmon:jobs:new:*")).isEmpty();
        assertThat(runs()).isZero();
    }

    @Test
    void should_run_the_new_points_alone_when_an_axis_grows() {
        Sweep<Params, Outcome> small = post().sweep(over(Axis.of(1, 2, 3)));
        Sweep<Params, Outcome> large;
        try (Worker worker = worker()) {
            small.await();
            assertThat(runs()).isEqualTo(3);
            large = post().sweep(over(Axis.of(5, 3, 1, 4, 2)));
            large.await();
        }

        assertThat(runs()).isEqualTo(2);
        assertThat(large.id()).isNotEqualTo(small.id());
        assertThat(values(large)).extracting(Outcome::x).containsExactly(5.0, 3.0, 1.0, 4.0, 2.0);
        assertThat(values(large)).containsAll(values(small));
        Result<Params, Outcome> before = small.results().stream().toList().get(1);
        Result<Params, Outcome> taken = large.results().stream().toList().get(4);
        assertThat(taken.params()).isEqualTo(before.params());
        assertThat(taken.worker()).isEqualTo(before.worker());
        assertThat(taken.elapsed()).isEqualTo(before.elapsed());
        assertThat(taken.attempts()).isEqualTo(1);
        assertThat(taken.ground(List.class)).contains(List.of(2.0));
        assertThat(large.results()).allMatch(result -> result.ground(List.class).isPresent());
    }

    @Test
    void should_be_complete_at_once_when_another_sweep_has_all_its_points() {
        Sweep<Params, Outcome> large = post().replicates(2).sweep(over(Axis.linspace(0, 1, 31)));
        try (Worker worker = worker()) {
            large.await();
        }
        runs();

        Sweep<Params, Outcome> small = post().sweep(over(Axis.linspace(0, 1, 11)));

        assertThat(small.progress().state()).isEqualTo(SweepState.COMPLETE);
        assertThat(values(small)).hasSize(11);
        assertThat(runs()).isZero();
        assertThat(server.commands().keys("jobmon:jobs:new:*")).isEmpty();
    }

    @Test
    void should_take_over_thirds_when_linspace_is_refined() {
        Sweep<Params, Outcome> coarse = post().sweep(over(Axis.linspace(0, 1, 11)));
        try (Worker worker = worker()) {
            coarse.await();
            runs();
            Sweep<Params, Outcome> fine = post().sweep(over(Axis.linspace(0, 1, 31)));
            assertThat(values(fine)).hasSize(31);
        }
        assertThat(runs()).isEqualTo(20);
    }

    @Test
    void should_keep_indices_when_there_are_more_replicates() {
        Sweep<Params, Outcome> two = post().replicates(2).sweep(over(Axis.of(1, 2, 3)));
        try (Worker worker = worker()) {
            two.await();
            runs();
            Sweep<Params, Outcome> five = post().replicates(5).sweep(over(Axis.of(1, 2, 3)));
            assertThat(values(five)).hasSize(15).startsWith(values(two).toArray(Outcome[]::new));
            assertThat(values(five)).extracting(Outcome::random).doesNotHaveDuplicates();
        }
        assertThat(runs()).isEqualTo(9);
    }

    @Test
    void should_run_all_when_the_seed_or_the_use_of_random_numbers_is_another() {
        try (Worker worker = worker()) {
            List<Outcome> zero = values(post().sweep(over(Axis.of(1, 2, 3))));
            List<Outcome> one = values(post().seed(1).sweep(over(Axis.of(1, 2, 3))));
            List<Outcome> common = values(post().commonRandomNumbers().sweep(over(Axis.of(1, 2, 3))));
            assertThat(one).doesNotContainAnyElementsOf(zero);
            assertThat(common).doesNotContainAnyElementsOf(zero);
        }
        assertThat(runs()).isEqualTo(9);
    }

    @Test
    void should_try_dead_letters_anew_when_extended() {
        failing = true;
        Sweep<Params, Outcome> small = post().attempts(1).sweep(over(Axis.of(1, 2, 3)));
        try (Worker worker = worker()) {
            small.await();
            assertThat(small.failures().total()).isEqualTo(1);
            failing = false;
            runs();
            Sweep<Params, Outcome> large = post().attempts(1).sweep(over(Axis.of(1, 2, 3, 4)));
            assertThat(values(large)).extracting(Outcome::x).containsExactly(1.0, 2.0, 3.0, 4.0);
            assertThat(large.failures().total()).isZero();
        }
        assertThat(runs()).isEqualTo(2);
        assertThat(small.failures().total()).isEqualTo(1);
    }

    @Test
    void should_go_on_with_taking_over_when_the_poster_died_meanwhile() {
        Sweep<Params, Outcome> small = post().sweep(over(Axis.of(1, 2, 3)));
        try (Worker worker = worker()) {
            small.await();
        }
        runs();
        Sweep<Params, Outcome> large = post().sweep(over(Axis.of(1, 2, 3, 4)));
        String prefix = "jobmon:{" + large.id() + "}:";
        server.commands().hset(prefix + "meta", Map.of("state", "adopting", "done", "0", "top", "0"));
        server.commands()
                .del(prefix + "bits:0", prefix + "o:0", prefix + "b:0", prefix + "ground:0", prefix + "ground");
        assertThat(large.results()).isEmpty();

        try (Worker worker = worker()) {
            assertThat(large.await(Duration.ofMillis(300))).isFalse();
            assertThat(large.progress().state()).isEqualTo(SweepState.ADOPTING);
            assertThat(runs()).isZero();
            Sweep<Params, Outcome> again = post().sweep(over(Axis.of(1, 2, 3, 4)));
            assertThat(again.id()).isEqualTo(large.id());
            assertThat(values(again)).hasSize(4).containsAll(values(small));
        }
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void should_give_both_the_same_sweep_when_two_threads_post_it_at_once() throws Exception {
        try (Worker worker = worker()) {
            post().sweep(over(Axis.range(0, 9, 1))).await();
            runs();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                CyclicBarrier together = new CyclicBarrier(4);
                List<Future<Sweep<Params, Outcome>>> posted = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    posted.add(threads.submit(() -> {
                        together.await();
                        return post().sweep(over(Axis.range(0, 499, 1)));
                    }));
                }
                for (Future<Sweep<Params, Outcome>> future : posted) {
                    assertThat(values(future.get()))
                            .extracting(Outcome::x)
                            .hasSize(500)
                            .isSorted();
                    assertThat(future.get().id()).isEqualTo(posted.get(0).get().id());
                }
            } finally {
                threads.shutdownNow();
            }
        }
        assertThat(runs()).isEqualTo(490);
    }

    @Test
    void should_follow_the_last_post_when_policies_differ() {
        failing = true;
        Sweep<Params, Outcome> sweep = post().attempts(1).requires("gpu").sweep(over(Axis.of(1, 2, 3)));
        try (Worker worker = worker()) {
            assertThat(sweep.await(Duration.ofMillis(200))).isFalse();
            assertThat(runs()).isZero();
            post().attempts(3).backoff(Duration.ZERO).sweep(over(Axis.of(1, 2, 3)));
            sweep.await();
        }
        assertThat(runs()).isEqualTo(5);
        try (Stream<Result<Params, Outcome>> stream = sweep.stream()) {
            assertThat(stream.filter(result -> !result.succeeded()))
                    .extracting(Result::attempts)
                    .containsExactly(3);
        }
    }

    @Test
    void should_run_again_when_cleaned_meanwhile() {
        try (Worker worker = worker()) {
            Sweep<Params, Outcome> sweep = post().sweep(over(Axis.of(1, 2)));
            sweep.await();
            await().until(() -> {
                try {
                    jobmon.clean(sweep.jobHash());
                    return true;
                } catch (JobMonException stillClaimed) {
                    return false;
                }
            });
            assertThat(values(post().sweep(over(Axis.of(1, 2))))).hasSize(2);
        }
        assertThat(runs()).isEqualTo(4);
    }
}
