package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.JobMonException;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.BatchSystem.Array;
import io.jobmon.spi.BatchSystem.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against a real Slurm: four nodes of two cores, as {@code src-test/hosts/slurm start DIR} brings them up, and
 * {@code -Djobmon.slurm=DIR}.
 */
class SlurmIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private ProcessChannel channel;
    private Slurm slurm;
    private Array array;
    private String id;

    @BeforeEach
    void prepare() throws Exception {
        channel = new ProcessChannel(folder)
                .environment(
                        "SLURM_CONF",
                        Path.of(System.getProperty("jobmon.slurm"), "slurm.conf")
                                .toString());
        slurm = Slurm.over(channel).time(Duration.ofMinutes(5));
        Path tasks = Files.createDirectory(folder.resolve("what tasks 100% print"));
        // Each runs until the test says go.
        channel.program(
                "start.sh",
                "echo task " + slurm.system().taskNumber() + "; while ! [ -e '" + folder
                        + "/go' ]; do sleep 0.1; done");
        array = new Array("jobmon-test", folder.resolve("start.sh").toString(), tasks.toString(), 2);
    }

    @AfterEach
    void cancel() {
        if (id != null) {
            slurm.system().cancel(channel, id);
            awaitTasks(slurm.system(), 0, 0);
        }
    }

    @Test
    void should_run_an_array_to_its_end() throws Exception {
        BatchSystem system =
                slurm.workers(4).partition("main").option("comment", "a 'b' $c").system();

        id = system.submit(channel, array);

        awaitTasks(system, 4, 0);
        assertThat(system.tasks(channel, List.of(id))).extracting(Task::number).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(run("squeue", "--noheader", "--jobs=" + id, "--format=%j %P %C %l %k"))
                .hasLineCount(4)
                .startsWith("jobmon-test main 2 5:00 a 'b' $c\n");

        Files.createFile(folder.resolve("go"));
        awaitTasks(system, 0, 0);
        for (int task = 1; task <= 4; task++) {
            assertThat(Path.of(array.folder(), task + ".out")).hasContent("task " + task);
        }
    }

    @Test
    void should_tell_what_waits_when_there_are_too_few_cores() throws Exception {
        BatchSystem system = slurm.workers(7).system();

        id = system.submit(channel, array);

        awaitTasks(system, 4, 3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(system.tasks(channel, List.of(id)))
                        .contains(new Task(id, 0, 3, false, "Resources")));

        Files.createFile(folder.resolve("go"));
        awaitTasks(system, 0, 0);
        assertThat(Path.of(array.folder(), "7.out")).hasContent("task 7");
    }

    /** Does the same with the plain format, which real clusters without the plugin for JSON have. */
    @Test
    void should_tell_the_same_without_json() {
        channel.program("squeue", "[ \"$1\" = --json ] && exit 1; exec /usr/bin/squeue \"$@\"");
        BatchSystem system = slurm.workers(7).option("hold", "").system();

        id = system.submit(channel, array);

        awaitTasks(system, 0, 7);
        assertThat(system.tasks(channel, List.of(id, "999999")))
                .contains(new Task(id, 7, 1, false, "JobHeldUser"))
                .hasSize(7);
        assertThat(system.tasks(channel, List.of("999999"))).isEmpty();
        run("scontrol", "release", id);
        awaitTasks(system, 4, 3);
        system.cancel(channel, id);
        awaitTasks(system, 0, 0);
    }

    @Test
    void should_see_it_when_somebody_else_cancels() {
        BatchSystem system = slurm.workers(4).system();
        id = system.submit(channel, array);
        awaitTasks(system, 4, 0);

        run("scancel", id + "_2");

        awaitTasks(system, 3, 0);
        assertThat(system.tasks(channel, List.of(id))).extracting(Task::number).containsExactlyInAnyOrder(1, 3, 4);
        run("scancel", id);
        awaitTasks(system, 0, 0);
        system.cancel(channel, id);
        system.cancel(channel, "999999");
    }

    @Test
    void should_cancel_what_runs_and_what_waits() {
        BatchSystem system = slurm.workers(6).system();
        id = system.submit(channel, array);
        awaitTasks(system, 4, 2);

        system.cancel(channel, id);

        awaitTasks(system, 0, 0);
    }

    @Test
    void should_tell_arrays_apart() throws Exception {
        BatchSystem system = slurm.workers(2).system();
        String other = system.submit(channel, array);
        id = system.submit(channel, array);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(system.tasks(channel, List.of(other, id)).stream()
                                .filter(Task::running)
                                .collect(Collectors.groupingBy(Task::array, Collectors.counting())))
                        .containsOnlyKeys(other, id)
                        .containsValues(2L, 2L));
        assertThat(system.tasks(channel, List.of(other)))
                .extracting(Task::array)
                .containsOnly(other);
        system.cancel(channel, other);
    }

    @Test
    void should_repeat_slurms_words_when_the_partition_is_wrong() {
        assertThatThrownBy(() -> slurm.partition("nope").system().submit(channel, array))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("invalid partition specified: nope")
                .hasMessageContaining("Name a partition(..) that `sinfo --summarize` lists.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "mem"})
    void should_repeat_slurms_words_when_an_option_is_wrong(String option) {
        assertThatThrownBy(() -> slurm.option(option, "lots").system().submit(channel, array))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(option);
    }

    @Test
    void should_repeat_slurms_words_when_too_much_is_asked_for() {
        assertThat(slurm.system().limit(channel)).hasValue(100);
        assertThatThrownBy(() -> slurm.workers(101).system().submit(channel, array))
                .hasMessageContaining("Invalid job array specification")
                .hasMessageContaining("fewer workers(..)");
        id = slurm.workers(100).option("hold", "").system().submit(channel, array);
        awaitTasks(slurm.system(), 0, 100);
    }

    @Test
    void should_say_what_is_missing_when_this_is_no_login_node() {
        channel.environment("SLURM_CONF", folder + "/missing");

        assertThatThrownBy(() -> slurm.system().submit(channel, array)).hasMessageContaining("login node");
    }

    private void awaitTasks(BatchSystem system, int running, int waiting) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Task> tasks = system.tasks(channel, List.of(id));
            assertThat(tasks.stream()
                            .filter(Task::running)
                            .mapToInt(Task::count)
                            .sum())
                    .as("running of %s", tasks)
                    .isEqualTo(running);
            assertThat(tasks.stream()
                            .filter(task -> !task.running())
                            .mapToInt(Task::count)
                            .sum())
                    .as("waiting of %s", tasks)
                    .isEqualTo(waiting);
            assertThat(tasks).extracting(Task::array).allMatch(id::equals);
        });
    }

    private String run(String... argv) {
        return channel.run(List.of(argv), new byte[0], PATIENCE).stdout();
    }
}
