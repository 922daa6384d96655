package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandJob;
import io.jobmon.Host;
import io.jobmon.JobMonException;
import io.jobmon.core.identity.Identities;
import io.jobmon.spi.CommandSpec;
import io.jobmon.spi.JobDefaults;
import io.jobmon.spi.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What jobmon.yaml may say, but for its hosts. */
class ProjectFileTest {

    private static final String SECRET = "not-for-others-51c2";

    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("jobmon.yaml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private Project read(String text) throws IOException {
        return ProjectFile.read(write(text));
    }

    private static CommandSpec<?> spec(Project project, String job) {
        return CommandSpec.of(project.jobs().get(job));
    }

    @Test
    void should_understand_all_of_it_when_it_is_well_written() throws IOException {
        Project project = read("""
                redis: redis://head:6379
                jobs:
                  epidemic:
                    command: [python3, sir.py, --beta, "{beta}", --n, 5, ""]
                    files: [sir.py, tables/]
                    environment: { MODE: fast, EMPTY: "" }
                    version: 1.10
                    outputLimit: 4096
                    description: "an epidemic: SIR"
                    replicates: 20
                    attempts: 1
                    timeout: 90s
                  plain: { command: [./plain] }
                hosts:
                  here: { local: true, slots: 2 }
                """);

        assertThat(project.redis()).contains("redis://head:6379");
        assertThat(project.local()).isEmpty();
        assertThat(project.hosts()).extracting(Host::name).containsExactly("here");
        assertThat(project.jobs()).containsOnlyKeys("epidemic", "plain");
        CommandSpec<?> epidemic = spec(project, "epidemic");
        assertThat(epidemic.argv()).containsExactly("python3", "sir.py", "--beta", "{beta}", "--n", "5", "");
        assertThat(epidemic.files()).containsExactly(Path.of("sir.py"), Path.of("tables"));
        assertThat(epidemic.environment()).isEqualTo(Map.of("MODE", "fast", "EMPTY", ""));
        assertThat(epidemic.version()).isEqualTo("1.10");
        assertThat(epidemic.outputLimit()).isEqualTo(4096);
        assertThat(epidemic.folder()).isEqualTo(folder);
        assertThat(project.defaults().get("epidemic"))
                .isEqualTo(new JobDefaults(
                        Optional.of("an epidemic: SIR"),
                        OptionalInt.of(20),
                        OptionalInt.of(1),
                        Optional.of(Duration.ofSeconds(90))));
        assertThat(project.defaults().get("plain")).isEqualTo(JobDefaults.NONE);
    }

    @Test
    void should_know_what_a_job_prints_when_it_is_said() throws IOException {
        Project project = read("""
                jobs:
                  a: { command: [a] }
                  b: { command: [b], output: json }
                  c: { command: [c], output: number }
                  d: { command: [d], output: text }
                """);

        assertThat(project.jobs().values().stream().map(CommandJob::outcomeType))
                .containsExactly(Map.class, Map.class, Double.class, String.class);
        assertThat(project.redis()).isEmpty();
        assertThat(project.hosts()).isEmpty();
    }

    @Test
    void should_begin_at_the_files_folder_when_paths_are_relative() throws IOException {
        assertThat(read("local: ./state").local()).contains(folder.resolve("state"));
        assertThat(read("local: ~/state").local()).contains(Path.of(System.getProperty("user.home"), "state"));
        Files.writeString(folder.resolve("a.sh"), "echo");
        Project project = read("jobs: { a: { command: [sh, a.sh], files: [a.sh] } }");
        assertThat(Identities.of(project.jobs().get("a")).configuration()).contains("{\"file\":\"a.sh\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "jobs: { a: { command: [x], comand: [y] } }|1, column 28: 'comand' is not known here; there are command, files,",
                "jobs: { a: { command: [x], command: [y] } }|1, column 28: 'command' is there twice",
                "jobs: { a: { command: [x] }, a: { command: [x] } }|1, column 30: 'a' is there twice",
                "jobs: { a: { } }|1, column 12: a job has a command",
                "jobs: { a: { command: [] } }|1, column 23: 'command': a job has a command",
                "jobs: { a: [x] }|1, column 12: 'a': write { command: [python3,",
                "jobs: [a]|1, column 7: 'jobs': write names of jobs",
                "jobs: { a: { command: python3 sir.py } }|1, column 23: 'command': write a list",
                "jobs: { a: { command: [x, {beta}] } }|1, column 27: 'command': an argument is a text; a placeholder needs quotes: \"{beta}\"",
                "jobs: { a: { command: [x, [y]] } }|1, column 27: 'command': an argument is a text",
                "jobs: { a: { command: [x, '{be'] } }|1, column 12: 'a': ",
                "jobs: { a: { command: ['{x}'] } }|1, column 12: 'a': ",
                "jobs: { a: { command: [sh, -c, 'echo {x}'] } }|1, column 12: 'a': ",
                "jobs: { ' ': { command: [x] } }|1, column 14: ' ': CommandJob.of: the name is blank",
                "jobs: { a: { command: [x], files: [''] } }|1, column 36: 'files' is a list of texts",
                "jobs: { a: { command: [x], environment: { JOBMON_X: 1 } } }|1, column 12: 'a': JOBMON_X is one of",
                "jobs: { a: { command: [x], environment: [y] } }|1, column 41: 'environment' has keys and values",
                "jobs: { a: { command: [x], outputLimit: 0 } }|1, column 12: 'a': outputLimit is 0",
                "jobs: { a: { command: [x], outputLimit: 1M } }|1, column 41: 'outputLimit': write a whole number",
                "jobs: { a: { command: [x], output: xml } }|1, column 36: 'output': 'xml' is not known; write one of json, number, text",
                "jobs: { a: { command: [x], replicates: 0 } }|1, column 40: 'replicates': write a number from 1",
                "jobs: { a: { command: [x], timeout: soon } }|1, column 37: 'timeout': write a time such as 90s",
                "job: { }|1, column 1: 'job' is not known here; there are hosts, defaults, jobs, redis, local",
                "redis: head:6379|1, column 8: 'redis': write a URI such as redis://head:6379",
                "redis: { fil: x }|1, column 8: write { file: PATH }",
                "redis: { file: x, user: me }|1, column 19: 'user' is not known here",
                "redis: [x]|1, column 8: 'redis': write redis://head:6379, or",
                "local: { a: b }|1, column 8: 'local' is a text",
            })
    void should_name_the_place_when_something_is_wrong(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(JobMonException.class)
                .hasMessageStartingWith(folder.resolve("jobmon.yaml") + ", line " + message);
    }

    @Test
    void should_refuse_a_name_that_no_job_can_have() {
        assertThatThrownBy(() -> read("jobs: { " + "x".repeat(129) + ": { command: [x] } }"))
                .hasMessageContaining(", line 1, column 140: ")
                .hasMessageContaining("the limit is 128");
    }

    @Test
    void should_refuse_two_addresses() {
        assertThatThrownBy(() -> read("redis: redis://head\nlocal: state"))
                .hasMessageContaining(", line 2, column 8: 'local': there is redis: too; leave one");
    }

    @Test
    void should_take_a_class_name_for_no_more_than_a_text() throws IOException {
        Project project = read("jobs: { a: !!java.io.File { command: !!javax.script.ScriptEngineManager [x] } }");
        assertThat(spec(project, "a").argv()).containsExactly("x");
    }

    @Test
    void should_refuse_a_password_when_others_can_read_the_file() throws IOException {
        String text = "redis: redis://:" + SECRET + "@head:6379";
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining(", line 1, column 8: 'redis': it holds a password")
                .hasMessageContaining("chmod 600 " + folder.resolve("jobmon.yaml"))
                .hasMessageNotContaining(SECRET);

        Path file = write(text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> ProjectFile.read(file)).hasMessageContaining("it holds a password");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Project project = ProjectFile.read(file);
        assertThat(project.redis()).contains("redis://:" + SECRET + "@head:6379");
        assertThat(project.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis: redis://:%s@head: x",
                "redis: \"redis://:%s@head",
                "redis: \"redis://:%s\\q\"",
                "redis: htp://:%s@head"
            })
    void should_keep_the_password_to_itself_when_it_stands_in_a_broken_line(String line) {
        assertThatThrownBy(() -> read(line.formatted(SECRET)))
                .hasMessageContaining("jobmon.yaml")
                .hasMessageContaining("line 1")
                .hasNoCause()
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void should_read_the_address_when_it_is_asked_for_in_a_file_of_its_own() throws IOException {
        Project project = read("redis: { file: state/redis }");
        Path file = folder.resolve("state/redis");
        assertThatThrownBy(project::redis).hasMessageContaining(file + ",").hasMessageContaining("is not there");

        Files.createDirectories(file.getParent());
        Files.writeString(file, "redis://:" + SECRET + "@head:6379\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(project::redis)
                .hasMessageContaining("chmod 600 " + file)
                .hasMessageNotContaining(SECRET);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(project.redis()).contains("redis://:" + SECRET + "@head:6379");
        Files.writeString(file, SECRET);
        assertThatThrownBy(project::redis)
                .hasMessageContaining("holds no URI of Redis")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void should_refuse_a_file_that_everybody_may_write() throws IOException {
        Path file = write("jobs: { a: { command: [x] } }");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
        assertThatThrownBy(() -> ProjectFile.read(file)).hasMessageContaining("chmod o-w " + file);
    }

    @Test
    void should_say_so_when_there_is_no_such_file() {
        assertThatThrownBy(() -> ProjectFile.read(folder.resolve("jobmon.yml")))
                .hasMessageContaining("jobmon.yml is not there");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
    }

    @Test
    void should_have_the_identity_of_the_posters_job_when_it_has_travelled() throws IOException {
        Files.writeString(folder.resolve("sir.py"), "print(1)");
        Project project = read("""
                jobs:
                  a: { command: [python3, sir.py, "{x}"], files: [sir.py], environment: { A: "1", B: "" }, version: "2" }
                  b: { command: [sh, ./sir.py], files: [./sir.py], output: number, outputLimit: 100 }
                  c: { command: [sh, sir.py, ""], files: [sir.py], output: text }
                """);
        List<CommandJob<?>> jobs = List.copyOf(project.jobs().values());

        List<CommandJob<?>> brought = JobsJson.read(JobsJson.write(jobs));

        assertThat(brought).hasSize(3);
        for (int i = 0; i < jobs.size(); i++) {
            // The launcher's property cannot be set here, so the folder stands for it.
            assertThat(Identities.of(brought.get(i).in(folder)).hash())
                    .isEqualTo(Identities.of(jobs.get(i)).hash());
            assertThat(CommandSpec.of(brought.get(i)).outputLimit())
                    .isEqualTo(CommandSpec.of(jobs.get(i)).outputLimit());
        }
        assertThat(jobs.stream().map(job -> Identities.of(job).hash()).distinct())
                .hasSize(3);
    }

    @Test
    void should_hold_nothing_of_the_rest_of_the_file_when_jobs_travel() throws IOException {
        Path file = write("""
                redis: redis://:%s@head:6379
                jobs: { a: { command: [x], description: d } }
                hosts: { here: { local: true, env: { TOKEN: %s } } }
                """.formatted(SECRET, SECRET));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(JobsJson.write(List.copyOf(ProjectFile.read(file).jobs().values())))
                .isEqualTo("{\"a\":{\"command\":[\"x\"],\"files\":[],\"environment\":{},\"version\":\"\","
                        + "\"outputLimit\":1048576,\"output\":\"json\"}}\n");
    }
}
