package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandJob;
import io.jobmon.Fleet;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.WorkerStatus;
import io.jobmon.spi.Engine;
import io.jobmon.spi.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A jobmon.yaml alone: its jobs on its hosts, by way of a head that asks for a password. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ProjectFleetIT {

    private static final String SECRET = "a-secret-of-the-hosts-77c1";

    @TempDir
    private Path folder;

    private Path yaml;
    private JobMon jobmon;

    @BeforeEach
    void begin() throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("double.sh"), """
                . "$(dirname "$0")/lib/twice.sh"
                printf '{"doubled": %d, "mode": "%s"}\\n' "$(twice "$1")" "$MODE"
                """);
        Files.createDirectories(project.resolve("lib"));
        Files.writeString(project.resolve("lib/twice.sh"), "twice() { echo $(($1 * 2)); }\n");
        yaml = Files.writeString(
                project.resolve("jobmon.yaml"), """
                redis: { file: ../state/redis }
                jobs:
                  doubling:
                    command: [sh, double.sh, "{x}"]
                    files: [double.sh, lib]
                    environment: { MODE: "fast  'n' furious" }
                  halving: { command: [sh, half.sh], files: [half.sh], output: number }
                  greeting: { command: [echo, "  hello {name}"], output: text }
                defaults: { jvm: [-Xmx256m], env: { TOKEN: %s } }
                hosts:
                  a: { local: true, slots: 2, workdir: %s }
                  b: { local: true, slots: 1, workdir: %s }
                """.formatted(SECRET, folder.resolve("a"), folder.resolve("b")));
        Files.writeString(project.resolve("half.sh"), "echo \"$JOBMON_PARAM_x.5\"\n");
        Engine.find().heads().spawn(folder.resolve("state"), null);
        jobmon = JobMon.connect(project().redis().orElseThrow());
    }

    @AfterEach
    void end() {
        jobmon.close();
        Engine.find().heads().kill(folder.resolve("state"), Duration.ofSeconds(20));
    }

    private Project project() {
        return Engine.find().project(yaml);
    }

    private List<Object> run(String job, ParamSpace space) {
        CommandJob<?> command = project().jobs().get(job);
        return values(jobmon.post(command).attempts(1).sweep(space));
    }

    private static <R> List<Object> values(Sweep<Map<String, Object>, R> sweep) {
        assertThat(sweep.await(Duration.ofSeconds(60)))
                .as(sweep.explain().toString())
                .isTrue();
        assertThat(sweep.failures().groups()).isEmpty();
        List<Object> values = new ArrayList<>();
        sweep.results().stream().map(Result::value).forEach(values::add);
        return values;
    }

    @Test
    void should_run_the_jobs_on_the_hosts_and_tell_them_nothing_else() throws Exception {
        Fleet fleet = jobmon.fleet(yaml);
        fleet.sync();
        fleet.launch();
        try {
            assertThat(jobmon.net()).extracting(WorkerStatus::place).containsExactlyInAnyOrder("a", "b");
            assertThat(run("doubling", ParamSpace.grid().axis("x", 1, 2, 3)))
                    .extracting(Object::toString)
                    .containsExactly(
                            "{doubled=2, mode=fast  'n' furious}",
                            "{doubled=4, mode=fast  'n' furious}",
                            "{doubled=6, mode=fast  'n' furious}");
            assertThat(run("halving", ParamSpace.grid().axis("x", 1, 2))).containsExactly(1.5, 2.5);
            assertThat(run("greeting", ParamSpace.grid().axis("name", "a b", "c")))
                    .containsExactly("  hello a b", "  hello c");
            nothingElseTravelled(folder.resolve("a"));
        } finally {
            fleet.stop();
        }
        assertThat(jobmon.net()).isEmpty();
    }

    /** But for the worker's start script, which is the host's own and for its owner alone. */
    private void nothingElseTravelled(Path work) throws IOException {
        String password = project().redis().orElseThrow().replaceFirst(".*:(.*)@.*", "$1");
        int lists = 0;
        try (var files = Files.walk(work.resolve("bundles"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text).as(file.toString()).doesNotContain(password, SECRET);
                lists += text.startsWith("{\"doubling\":{") ? 1 : 0;
            }
        }
        assertThat(lists).as("lists of jobs").isEqualTo(1);
    }

    @Test
    void should_run_the_new_job_when_the_file_has_changed_and_was_brought_again() throws Exception {
        Fleet fleet = jobmon.fleet(yaml);
        fleet.sync("b");
        fleet.launch("b");
        try {
            assertThat(run("halving", ParamSpace.grid().axis("x", 1))).containsExactly(1.5);
            Files.writeString(yaml.resolveSibling("half.sh"), "echo \"-$JOBMON_PARAM_x.5\"\n");
            fleet.stop();
            fleet.sync("b");
            fleet.launch("b");
            assertThat(run("halving", ParamSpace.grid().axis("x", 1))).containsExactly(-1.5);
        } finally {
            fleet.stop();
        }
    }

    @Test
    void should_say_what_to_write_when_hosts_or_jobs_are_missing() throws Exception {
        Path other = Files.writeString(folder.resolve("other.yaml"), "jobs: { a: { command: [x] } }");
        assertThatThrownBy(() -> jobmon.fleet(other))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("other.yaml lists no hosts; write such as:");
        Files.writeString(other, "hosts: { a: { local: true } }");
        assertThatThrownBy(() -> jobmon.fleet(other)).hasMessageContaining("other.yaml lists no jobs; write such as:");
        Files.writeString(other, "jobs: { a: { command: [x], files: [gone.py] } }\nhosts: { a: { local: true } }");
        Fleet fleet = jobmon.fleet(other);
        assertThatThrownBy(fleet::sync).hasMessageContaining("gone.py is not there");
    }
}
