package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.Failures;
import io.jobmon.Isolation;
import io.jobmon.JobMonException;
import io.jobmon.Posting;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import io.jobmon.tests.Crashing.Deed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiments in child JVMs. */
class IsolationIT extends FaultCase {

    private static final Isolation SMALL = Isolation.PROCESS.maxHeap("64m");

    private Posting<Crashing.Params, Crashing.Outcome> posting() {
        return jobmon.post(new Crashing()).isolation(SMALL).attempts(1);
    }

    private static List<Crashing.Params> amidWork(Deed deed, int i) {
        List<Crashing.Params> points = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            points.add(new Crashing.Params(k == 7 ? deed : Deed.WORK, k == 7 ? i : k));
        }
        return points;
    }

    private Worker.Builder builder(int slots) {
        return jobmon.worker()
                .job(new Crashing())
                .slots(slots)
                .childJvmOptions("-D" + Executions.FOLDER + "=" + folder);
    }

    private Worker worker(int slots) {
        return builder(slots).start();
    }

    private void run(Sweep<Crashing.Params, Crashing.Outcome> sweep) {
        try (Worker worker = worker(2)) {
            complete(sweep);
        }
        new Oracle(server).check(sweep);
        assertNoChildLeft();
    }

    private static void assertNoChildLeft() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Forks.childJvms(ProcessHandle.current()).isEmpty()
                        && Forks.training(ProcessHandle.current()).isEmpty());
    }

    @Test
    void should_give_the_same_results_when_in_child_jvms() {
        List<Crashing.Params> points = amidWork(Deed.WORK, 7);
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(points);
        try (Worker worker = worker(2)) {
            complete(sweep);
            assertThat(Forks.childJvms(ProcessHandle.current())).hasSize(2);
        }
        assertNoChildLeft();

        Set<Long> pids =
                sweep.results().stream().map(result -> result.value().pid()).collect(Collectors.toSet());
        assertThat(pids).doesNotContain(ProcessHandle.current().pid()).hasSizeLessThanOrEqualTo(2);
        assertThat(sweep.results().stream().map(result -> result.value().text()).toList())
                .isEqualTo(points.stream()
                        .map(point -> sweep.replay(points.indexOf(point)).text())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "EXIT, ChildDied, exit code 7",
        "HALT, ChildDied, exit code 0",
        "SEGFAULT, ChildDied, SIGSEGV",
        "EAT_HEAP, ChildDied, heap limit of 64m",
        "THROW, java.lang.IllegalStateException, number",
        "OVERFLOW, java.lang.StackOverflowError, ''",
    })
    void should_cost_one_experiment_when_its_jvm_dies(Deed deed, String type, String message) {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(amidWork(deed, 7));
        run(sweep);

        assertThat(sweep.progress().done()).isEqualTo(19);
        assertThat(sweep.failures().groups()).singleElement().satisfies(group -> {
            assertThat(group.count()).isEqualTo(1);
            assertThat(group.cause().type()).isEqualTo(type);
            assertThat(group.cause().message()).contains(message);
            assertThat(group.examples()).containsExactly(7L);
        });
    }

    @Test
    void should_show_its_last_words_when_a_child_leaves() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(amidWork(Deed.EXIT, 7));
        run(sweep);

        Failures.Group group = sweep.failures().groups().get(0);
        assertThat(group.cause().stack()).contains("leaving for good");
    }

    @ParameterizedTest
    @CsvSource({"DEADLOCK", "LOOP", "STOP"})
    void should_end_by_its_timeout_when_an_experiment_ignores_interrupts(Deed deed) {
        Sweep<Crashing.Params, Crashing.Outcome> sweep =
                posting().timeout(Duration.ofSeconds(1)).sweep(amidWork(deed, 7));
        run(sweep);

        assertThat(sweep.progress().done()).isEqualTo(19);
        assertThat(sweep.failures().groups()).singleElement().satisfies(group -> {
            assertThat(group.cause().type()).isEqualTo("java.util.concurrent.TimeoutException");
            assertThat(group.cause().message()).contains("1 s");
        });
    }

    @Test
    void should_end_after_half_a_minute_of_silence_when_a_child_is_stopped() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(amidWork(Deed.STOP, 7));
        run(sweep);

        assertThat(sweep.progress().done()).isEqualTo(19);
        assertThat(sweep.failures().groups())
                .singleElement()
                .satisfies(group -> assertThat(group.cause().message()).contains("nothing for 30 s"));
    }

    @Test
    void should_cost_nothing_when_an_experiment_leaves_processes_behind() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(List.of(new Crashing.Params(Deed.ORPHANS, 1)));
        try (Worker worker = worker(1)) {
            complete(sweep);
            String[] pids = sweep.results().iterator().next().value().text().split(" ");
            assertThat(pids).hasSize(2);
            for (String pid : pids) {
                await().atMost(Duration.ofSeconds(20)).until(() -> !Forks.lives(Long.parseLong(pid)));
            }
        }
        assertNoChildLeft();
    }

    @ParameterizedTest
    @CsvSource({"SHOUT, 1024", "CLOSE_STREAMS, 7"})
    void should_cost_nothing_when_an_experiment_mistreats_its_streams(Deed deed, int i) {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(amidWork(deed, i));
        run(sweep);

        assertThat(sweep.progress().done()).isEqualTo(20);
    }

    @Test
    void should_renew_its_child_when_told_to() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep =
                jobmon.post(new Crashing()).isolation(SMALL.renewAfter(5)).sweep(amidWork(Deed.WORK, 7));
        try (Worker worker = worker(1)) {
            complete(sweep);
        }

        assertThat(sweep.results().stream().map(result -> result.value().pid()).distinct())
                .hasSize(4);
        assertNoChildLeft();
    }

    @Test
    void should_remove_its_scratch_folder_when_a_child_dies() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(amidWork(Deed.LITTER, 7));
        run(sweep);

        try (var outcomes = sweep.stream()) {
            Result<?, ?> failed =
                    outcomes.filter(outcome -> !outcome.succeeded()).findFirst().orElseThrow();
            String folder = failed.failure().orElseThrow().stdout().trim();
            assertThat(folder).isNotEmpty();
            assertThat(Path.of(folder)).doesNotExist();
        }
    }

    @Test
    void should_say_what_the_jvm_says_when_an_option_is_wrong() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(List.of(new Crashing.Params(Deed.WORK, 1)));
        try (Worker worker = builder(1).childJvmOptions("-XX:+NoSuchOption").start()) {
            complete(sweep);
        }

        assertThat(sweep.failures().groups())
                .singleElement()
                .satisfies(group -> assertThat(group.cause().message()).contains("NoSuchOption"));
        assertNoChildLeft();
    }

    @Test
    void should_know_who_it_is_when_in_a_child() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep =
                posting().replicates(2).sweep(List.of(new Crashing.Params(Deed.WHO, 1)));
        try (Worker worker = builder(1)
                .childEnvironment("COLOUR", "grün")
                .childJvmOptions("-Dshade=dark")
                .start()) {
            complete(sweep);
        }

        List<String> texts =
                sweep.results().stream().map(result -> result.value().text()).toList();
        assertThat(texts.get(0)).startsWith("0 0 1 ").contains(" " + sweep.id() + "-0 null grün dark ");
        assertThat(texts.get(1)).startsWith("1 1 1 ").contains(" " + sweep.id() + "-1 null grün dark ");
        String[] last = texts.get(1).split(" ");
        assertThat(Long.parseLong(last[last.length - 1])).isBetween(50L << 20, 64L << 20);
    }

    @Test
    void should_be_refused_when_a_job_cannot_be_made_anew() {
        int[] captured = {1};
        assertThatThrownBy(() -> jobmon.post(new Stateful(captured)).isolation(Isolation.PROCESS))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("child JVM")
                .hasMessageContaining("record");
    }

    private static final class Stateful implements io.jobmon.Job<io.jobmon.NoParams, Integer> {
        private final Object state;

        Stateful(Object state) {
            this.state = state;
        }

        @Override
        public Object configuration() {
            return "one";
        }

        @Override
        public Integer run(io.jobmon.NoParams params, io.jobmon.Experiment experiment) {
            return state.hashCode();
        }
    }

    @Test
    void should_end_within_a_beat_when_cancelled() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep =
                posting().sweep(List.of(new Crashing.Params(Deed.LOOP, 1), new Crashing.Params(Deed.DEADLOCK, 2)));
        try (Worker worker = worker(2)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> sweep.progress().running() == 2);
            sweep.cancel();
            await().atMost(Duration.ofSeconds(30)).until(() -> sweep.progress().running() == 0);
        }
        assertThat(sweep.progress().dead()).isZero();
        assertNoChildLeft();
    }

    @Test
    void should_keep_what_was_printed_when_an_experiment_fails() {
        Sweep<Crashing.Params, Crashing.Outcome> sweep = posting().sweep(amidWork(Deed.PRINT_AND_THROW, 7));
        run(sweep);

        try (var outcomes = sweep.stream()) {
            Result<?, ?> failed =
                    outcomes.filter(outcome -> !outcome.succeeded()).findFirst().orElseThrow();
            assertThat(failed.failure().orElseThrow().stdout()).isEqualTo("Größe \uD83D\uDE00 von 7\n");
            assertThat(failed.failure().orElseThrow().stderr()).isEqualTo("warning of 7\n");
        }
    }
}
