package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.BatchSystem.Array;
import io.jobmon.spi.BatchSystem.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a real Grid Engine: a node of four slots, as {@code src-test/hosts/gridengine start DIR} brings it up, and
 * {@code -Djobmon.gridengine=DIR}.
 */
class SgeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private ProcessChannel channel;
    private Sge sge;
    private Array array;
    private String id;

    @BeforeEach
    void prepare() throws Exception {
        channel = new ProcessChannel(folder);
        for (String line : Files.readAllLines(Path.of(System.getProperty("jobmon.gridengine"), "environment"))) {
            channel.environment(line.split("=", 2)[0], line.split("=", 2)[1]);
        }
        sge = Sge.over(channel).time(Duration.ofMinutes(5)).option("pe", "smp");
        Path tasks = Files.createDirectory(folder.resolve("what tasks 100% print"));
        // Each runs until the test says go.
        channel.program(
                "start.sh",
                "echo task " + sge.system().taskNumber() + "; while ! [ -e '" + folder + "/go' ]; do sleep 0.1; done");
        array = new Array("jobmon-test", folder.resolve("start.sh").toString(), tasks.toString(), 2);
    }

    @AfterEach
    void cancel() {
        if (id != null) {
            sge.system().cancel(channel, id);
            awaitTasks(sge.system(), 0, 0);
        }
    }

    @Test
    void should_run_an_array_to_its_end_when_there_are_too_few_slots_for_all() throws Exception {
        BatchSystem system =
                sge.workers(4).queue("main").option("ac", "note=a 'b' $c").system();

        id = system.submit(channel, array);

        awaitTasks(system, 2, 2);
        assertThat(system.tasks(channel, List.of(id)))
                .containsExactlyInAnyOrder(
                        new Task(id, 1, 1, true, ""), new Task(id, 2, 1, true, ""), new Task(id, 0, 2, false, "qw"));
        assertThat(run("qstat", "-j", id)).contains("jobmon-test", "h_rt=300", "note=a 'b' $c");
        Files.createFile(folder.resolve("go"));
        awaitTasks(system, 0, 0);
        for (int task = 1; task <= 4; task++) {
            assertThat(Path.of(array.folder(), task + ".out")).hasContent("task " + task);
        }
    }

    @Test
    void should_see_it_when_somebody_else_cancels() {
        BatchSystem system = sge.workers(2).system();
        id = system.submit(channel, array);
        awaitTasks(system, 2, 0);

        run("qdel", id + ".2");

        awaitTasks(system, 1, 0);
        assertThat(system.tasks(channel, List.of(id))).containsExactly(new Task(id, 1, 1, true, ""));
        run("qdel", id);
        awaitTasks(system, 0, 0);
        system.cancel(channel, id);
        system.cancel(channel, "99999");
    }

    @Test
    void should_cancel_what_runs_and_what_waits() {
        BatchSystem system = sge.workers(4).system();
        id = system.submit(channel, array);
        awaitTasks(system, 2, 2);

        system.cancel(channel, id);

        awaitTasks(system, 0, 0);
    }

    @Test
    void should_repeat_grid_engines_words_when_it_refuses() {
        assertThatThrownBy(() -> sge.queue("nope").system().submit(channel, array))
                .hasMessageContaining("job requests unknown queue \"nope\"")
                .hasMessageContaining("Name a queue(..)");
        assertThatThrownBy(() -> sge.option("P", "nope").system().submit(channel, array))
                .hasMessageContaining("the requested project \"nope\" does not exist")
                .hasMessageContaining("option(\"P\", ..)");
        assertThatThrownBy(() -> sge.option("bogus", "x").system().submit(channel, array))
                .hasMessageContaining("invalid option argument \"-bogus\"")
                .hasMessageContaining("Mend option(..)");
        assertThat(sge.system().limit(channel)).hasValue(100);
        assertThatThrownBy(() -> sge.workers(101).system().submit(channel, array))
                .hasMessageContaining("more than 100 tasks")
                .hasMessageContaining("fewer workers(..)");
    }

    @Test
    void should_say_what_is_missing_when_the_master_does_not_answer() {
        channel.environment("SGE_QMASTER_PORT", "1");

        assertThatThrownBy(() -> sge.system().submit(channel, array)).hasMessageContaining("try again later");
        assertThatThrownBy(() -> sge.system().tasks(channel, List.of("1"))).hasMessageContaining("try again later");
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
        });
    }

    private String run(String... argv) {
        return channel.run(List.of(argv), new byte[0], PATIENCE).stdout();
    }
}
