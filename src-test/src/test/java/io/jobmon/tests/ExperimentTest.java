package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Posting;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an experiment is told, and what it may say. */
class ExperimentTest {

    private static JobMon jobmon;

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(3);
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    /** Where experiments run. */
    <P, R> Posting<P, R> post(JobMon with, Job<P, R> job) {
        return with.post(job);
    }

    record Params(String task, int x) {}

    record Told(String id, long index, int replicate, int attempt, long seed, long random, String folder) {}

    static final Set<String> EXECUTIONS = ConcurrentHashMap.newKeySet();

    static final class Telling implements Job<Params, Told> {
        @Override
        public Told run(Params params, Experiment experiment) throws IOException {
            if (!EXECUTIONS.add(experiment.executionId())) {
                throw new IllegalStateException("twice " + experiment.executionId());
            }
            if (params.task().equals("fail twice") && experiment.attempt() < 3) {
                throw new IllegalStateException("attempt " + experiment.attempt());
            }
            RandomGenerator random = experiment.random();
            if (random != experiment.random()) {
                throw new IllegalStateException("another generator");
            }
            Path folder = experiment.workDir();
            Files.createDirectories(folder.resolve("deep/er"));
            Files.writeString(folder.resolve("deep/er/scratch.txt"), params.task());
            if (!folder.equals(experiment.workDir()) || experiment.cancelled()) {
                throw new IllegalStateException("another folder, or cancelled");
            }
            experiment.progress(0.5);
            experiment.progress(Double.NaN);
            experiment.progress(-7);
            return new Told(
                    experiment.id(),
                    experiment.index(),
                    experiment.replicate(),
                    experiment.attempt(),
                    experiment.seed(),
                    random.nextLong(),
                    folder.toString());
        }
    }

    private static ParamSpace space(String task, int... xs) {
        return ParamSpace.grid().axis("task", task).axis("x", xs);
    }

    private static List<Told> told(Sweep<Params, Told> sweep) {
        sweep.await();
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        return sweep.results().stream().map(Result::value).toList();
    }

    @Test
    void should_know_who_it_is_when_it_runs() {
        Sweep<Params, Told> sweep = post(jobmon, new Telling()).replicates(3).sweep(space("who", 1, 2));

        List<Told> told = told(sweep);

        assertThat(told).extracting(Told::index).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(told).extracting(Told::replicate).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(told).extracting(Told::attempt).containsOnly(1);
        assertThat(told).extracting(Told::id).doesNotHaveDuplicates().allMatch(id -> id.startsWith(sweep.id() + "-"));
        assertThat(told).extracting(Told::random).doesNotHaveDuplicates();
        assertThat(told).extracting(Told::seed).doesNotHaveDuplicates();
        assertThat(sweep.results()).extracting(Result::replicate).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void should_leave_no_scratch_folder_when_it_has_ended() {
        List<Told> told = told(post(jobmon, new Telling()).sweep(space("scratch", 1, 2, 3, 4)));

        assertThat(told).extracting(Told::folder).doesNotHaveDuplicates();
        assertThat(told).noneMatch(one -> Files.exists(Path.of(one.folder())));
    }

    @Test
    void should_count_attempts_and_keep_the_stream_when_it_fails_first() {
        Sweep<Params, Told> sweep =
                post(jobmon, new Telling()).attempts(3).backoff(Duration.ZERO).sweep(space("fail twice", 1));

        Told told = told(sweep).get(0);

        assertThat(told.attempt()).isEqualTo(3);
        assertThat(sweep.results().iterator().next().attempts()).isEqualTo(3);
        assertThat(executionsHere(told.id())).hasSize(executionsHere(3));
        assertThat(EXECUTIONS).allMatch(id -> id.matches("[A-Za-z0-9-]+"));
    }

    /** How many of some executions are in this JVM. */
    int executionsHere(int all) {
        return all;
    }

    private static List<String> executionsHere(String experiment) {
        return EXECUTIONS.stream().filter(id -> id.startsWith(experiment + "-")).toList();
    }

    @Test
    void should_have_the_same_stream_when_replayed_or_on_another_number_of_slots() {
        Sweep<Params, Told> three =
                post(jobmon, new Telling()).seed(11).replicates(4).sweep(space("same", 1, 2));
        List<Long> random = told(three).stream().map(Told::random).toList();

        try (JobMon one = JobMon.local(1)) {
            Sweep<Params, Told> alone =
                    post(one, new Telling()).seed(11).replicates(4).sweep(space("same", 1, 2));
            assertThat(told(alone)).extracting(Told::random).isEqualTo(random);
            assertThat(alone.id()).isEqualTo(three.id());
        }
        Told replayed = three.replay(5);
        assertThat(replayed.random()).isEqualTo(random.get(5));
        assertThat(replayed.index()).isEqualTo(5);
        assertThat(replayed.replicate()).isEqualTo(2);
        assertThat(replayed.folder())
                .satisfies(folder -> assertThat(Files.exists(Path.of(folder))).isFalse());
        // The parameters, not the index, make the stream.
        List<Told> swapped =
                told(post(jobmon, new Telling()).seed(11).replicates(1).sweep(space("same", 3, 2)));
        assertThat(swapped.get(1).random()).isEqualTo(random.get(1));
        List<Told> other =
                told(post(jobmon, new Telling()).seed(12).replicates(4).sweep(space("same", 1, 2)));
        assertThat(other).extracting(Told::random).doesNotContainAnyElementsOf(random);
    }

    @Test
    void should_share_streams_between_points_when_random_numbers_are_common() {
        List<Told> told = told(
                post(jobmon, new Telling()).commonRandomNumbers().replicates(2).sweep(space("common", 1, 2, 3)));

        assertThat(told)
                .extracting(Told::random)
                .element(0)
                .isEqualTo(told.get(1).random());
        assertThat(told.subList(0, 3))
                .extracting(Told::random)
                .containsOnly(told.get(0).random());
        assertThat(told.subList(3, 6))
                .extracting(Told::random)
                .containsOnly(told.get(3).random());
        assertThat(told.get(0).random()).isNotEqualTo(told.get(3).random());
    }

    record Truth(double beta, List<String> notes) {}

    static final class Synthetic implements Job<Integer, Integer> {
        @Override
        public Integer run(Integer value, Experiment experiment) {
            if (value > 0) {
                experiment.ground("replaced");
                experiment.ground(new Truth(value / 4.0, List.of("n" + value)));
            }
            return value;
        }
    }

    @Test
    void should_give_the_ground_truth_back_when_one_was_told() {
        Sweep<Integer, Integer> sweep = post(jobmon, new Synthetic()).sweep("value", 0, 1, 2);
        sweep.await();
        List<Result<Integer, Integer>> results = sweep.results().stream().toList();

        assertThat(results.get(0).ground(Truth.class)).isEmpty();
        assertThat(results.get(1).ground(Truth.class)).contains(new Truth(0.25, List.of("n1")));
        assertThat(results.get(2).ground(Truth.class)).contains(new Truth(0.5, List.of("n2")));
        assertThatThrownBy(() -> results.get(2).ground(Integer.class))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("ground truth of experiment 2");
    }

    record Stage(int step) {}

    static final class Restarting implements Job<Integer, List<Integer>> {
        @Override
        public List<Integer> run(Integer value, Experiment experiment) {
            Optional<Stage> stage = experiment.restore(Stage.class);
            int step = stage.map(Stage::step).orElse(0) + 1;
            experiment.checkpoint(new Stage(step));
            if (step < value) {
                throw new IllegalStateException("step " + step);
            }
            return List.of(step, experiment.attempt());
        }
    }

    @Test
    void should_go_on_from_its_checkpoint_when_it_is_tried_again() {
        Sweep<Integer, List<Integer>> sweep = post(jobmon, new Restarting())
                .attempts(4)
                .backoff(Duration.ZERO)
                .sweep("value", 1, 2, 4);
        sweep.await();

        assertThat(sweep.results())
                .extracting(Result::value)
                .containsExactly(List.of(1, 1), List.of(2, 2), List.of(4, 4));
        assertThat(sweep.replay(0)).containsExactly(1, 1);
    }
}
