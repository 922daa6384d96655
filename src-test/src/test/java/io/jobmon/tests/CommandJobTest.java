package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandException;
import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.Failures;
import io.jobmon.Isolation;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program as a job, as the contract says, on real programs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CommandJobTest {

    private static final String NASTY = "Zwölf 'Boxkämpfer' \"jagen\"\n\t$HOME `id` \\ {q} 🦊 -rf *";

    private static JobMon jobmon;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    record Point(double x, String name) {}

    private static <R> List<R> run(CommandJob<R> job, ParamSpace space) {
        Sweep<Map<String, Object>, R> sweep = jobmon.post(job).attempts(1).sweep(space);
        sweep.await();
        assertThat(sweep.failures().groups()).isEmpty();
        List<R> values = new ArrayList<>();
        sweep.results().stream().map(Result::value).forEach(values::add);
        return values;
    }

    private static <R> R run(CommandJob<R> job) {
        return run(job, ParamSpace.grid().axis("x", 1)).get(0);
    }

    private static CommandJob<String> shell(String name, String script, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(List.of(arguments));
        return CommandJob.of(name, argv.toArray(String[]::new)).outcome(String.class, CommandOutput::stdout);
    }

    private static Failures failing(CommandJob<?> job) {
        Sweep<?, ?> sweep = jobmon.post(job).attempts(1).sweep("x", 1);
        sweep.await();
        assertThat(sweep.progress().dead()).isEqualTo(1);
        return sweep.failures();
    }

    private static String failure(CommandJob<?> job) {
        return failing(job).groups().get(0).cause().toString();
    }

    private Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void should_take_a_json_object_when_nothing_else_is_said() {
        CommandJob<Map<String, Object>> job =
                CommandJob.of("object", "sh", "-c", "echo '{{\"a\": 1, \"b\": [0.5, \"ü\"]}}'");

        assertThat(run(job)).isEqualTo(Map.of("a", 1L, "b", List.of(0.5, "ü")));
    }

    @Test
    void should_take_one_json_value_when_the_outcome_has_a_type() {
        assertThat(run(CommandJob.of("record", "echo", "{{\"name\":\"n\",\"x\":2.5}}")
                        .outcome(Point.class)))
                .isEqualTo(new Point(2.5, "n"));
        assertThat(run(CommandJob.of("number", "echo", "42").outcome(Integer.class)))
                .isEqualTo(42);
        assertThat(run(CommandJob.of("list", "echo", "[1,2]").outcome(int[].class)))
                .containsExactly(1, 2);
    }

    @Test
    void should_hand_over_all_parameters_when_they_hold_anything() throws Exception {
        Path script = file("echo.py", """
                import json, os, sys
                given = json.load(sys.stdin)
                print(json.dumps({"argv": sys.argv[1:], "stdin": given,
                    "env": {k: v for k, v in os.environ.items() if k.startswith("JOBMON_") and k != "JOBMON_MARK"}}))
                """);
        CommandJob<Map<String, Object>> job = CommandJob.of(
                        "parameters",
                        "python3",
                        script.toString(),
                        "--s={s}",
                        "{d}/{i}",
                        "{list}{b}",
                        "{{s}}",
                        "{odd name}")
                .files(script);

        Map<String, Object> seen = run(
                        job,
                        ParamSpace.points(List.of(Map.of(
                                "s", NASTY, "d", 0.1, "i", 3, "list", List.of(1, "a"), "b", true, "odd name", "x"))))
                .get(0);

        assertThat(seen.get("argv")).isEqualTo(List.of("--s=" + NASTY, "0.1/3", "[1,\"a\"]true", "{s}", "x"));
        assertThat(seen.get("stdin"))
                .isEqualTo(Map.of("s", NASTY, "d", 0.1, "i", 3L, "list", List.of(1L, "a"), "b", true, "odd name", "x"));
        Map<?, ?> env = (Map<?, ?>) seen.get("env");
        assertThat(env.get("JOBMON_PARAM_s")).isEqualTo(NASTY);
        assertThat(env.get("JOBMON_PARAM_d")).isEqualTo("0.1");
        assertThat(env.get("JOBMON_PARAM_list")).isEqualTo("[1,\"a\"]");
        assertThat(env.keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrder(
                        "JOBMON_PARAM_s",
                        "JOBMON_PARAM_d",
                        "JOBMON_PARAM_i",
                        "JOBMON_PARAM_list",
                        "JOBMON_PARAM_b",
                        "JOBMON_SEED",
                        "JOBMON_INDEX",
                        "JOBMON_REPLICATE",
                        "JOBMON_ATTEMPT",
                        "JOBMON_EXECUTION_ID");
        assertThat(env.get("JOBMON_ATTEMPT")).isEqualTo("1");
    }

    @Test
    void should_not_read_values_again_when_they_hold_placeholders() {
        CommandJob<String> job =
                CommandJob.of("once", "printf", "%s", "{a}{b}").outcome(String.class, CommandOutput::stdout);

        assertThat(run(job, ParamSpace.points(List.of(Map.of("a", "{b}", "b", "{a}")))))
                .containsExactly("{b}{a}");
    }

    @Test
    void should_be_refused_at_the_sweep_when_a_placeholder_is_unknown() {
        CommandJob<?> job = CommandJob.of("unknown", "echo", "{beta}");

        assertThatThrownBy(() -> jobmon.post(job).sweep("betta", 1))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("hold {beta}, but the space has only betta")
                .hasMessageContaining("{{ and }}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh|-c|echo {p}",
                "/bin/sh|-c|echo {p}",
                "bash|-ec|echo {p}",
                "bash|-l|-c|echo {p}",
                "bash|-c|-e|echo {p}",
                "bash|--norc|-o|pipefail|-c|echo {p}",
                "dash|-c|echo {p}",
                "zsh|-c|echo {p}",
                "env|sh|-c|echo {p}",
                "env|-i|A=1|/usr/bin/env|bash|-lc|echo {p}",
                "env|-S|sh -c 'echo {p}'",
                "nice|-n|3|sh|-c|echo {p}",
                "python|-c|print({p})",
                "python3|-c|print({p})",
                "python3.11|-uc|print({p})",
                "python3|-Ic|print({p})",
                "python3|-W|ignore|-c|print({p})",
                "python3|-cprint({p})",
                "perl|-e|print {p}",
                "perl|-ne|print {p}",
                "perl|-w|-e|1|-e|print {p}",
                "perl|-eprint {p}",
                "perl|-I|lib|-E|say {p}",
            })
    void should_be_refused_when_a_placeholder_is_in_a_script(String command) {
        CommandJob<?> job = CommandJob.of("script", command.split("\\|"));

        assertThatThrownBy(() -> jobmon.post(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("use JOBMON_PARAM_p from the environment");
        assertThatThrownBy(() -> jobmon.worker().job(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("use JOBMON_PARAM_p from the environment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh|-c|echo \"$1\"|sh|{p}",
                "sh|run.sh|-c|{p}",
                "bash|-e|run.sh|{p}",
                "python3|-c|import sys|{p}",
                "python3|sim.py|-c|{p}",
                "python3|-m|sim|-c|{p}",
                "perl|sim.pl|-e|{p}",
                "perl|-e|print @ARGV|{p}",
                "env|A=1|sim|{p}",
            })
    void should_be_accepted_when_a_placeholder_is_an_argument_of_a_script(String command) {
        jobmon.post(CommandJob.of("arguments", command.split("\\|")));
    }

    @ParameterizedTest
    @CsvSource({"{p},a '{' without", "a{,a '{' without", "a},a '}' without", "{},a '{' without", "{a{b}},a '{' without"
    })
    void should_be_refused_when_braces_do_not_match(String argument, String message) {
        if (argument.equals("{p}")) {
            assertThatThrownBy(() -> jobmon.post(CommandJob.of("braces", "{p}")))
                    .hasMessageContaining("what is run cannot be a parameter");
            return;
        }
        assertThatThrownBy(() -> jobmon.post(CommandJob.of("braces", "echo", argument)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("{{ and }}");
    }

    @Test
    void should_fail_with_the_end_of_stderr_when_the_exit_code_is_not_zero() {
        Failures failures = failing(shell("failing", "echo out; echo first >&2; echo 'Änderung fehlt' >&2; exit 3"));

        assertThat(failures.groups().get(0).cause().type()).isEqualTo(CommandException.class.getName());
        assertThat(failures.groups().get(0).cause().message())
                .startsWith("failing ended with exit code 3. Its standard error ends with:")
                .contains("first\nÄnderung fehlt");
    }

    @Test
    void should_show_the_last_lines_alone_when_stderr_is_long() {
        String message =
                failure(shell("wordy", "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done >&2; exit 1"));

        assertThat(message).contains("line 19999").doesNotContain("line 100\n").hasSizeLessThan(1200);
    }

    @Test
    void should_name_the_signal_when_a_program_was_killed() {
        assertThat(failure(shell("killed", "kill -9 $$")))
                .contains("exit code 137 (as one ended by signal 9 does) and wrote nothing to standard error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON|echo hello|Unrecognized token|hello\\n",
                "NaN|echo NaN|no JSON|NaN",
                "array|echo [1]|Array|[1]",
                "number|echo 1|no JSON|1",
                "text behind|echo '{{}} x'|Unrecognized token|{} x",
                "two|echo '{{}} {{}}'|railing|{} {}",
                "null|echo null|it is null|null",
                "nothing|true|printed nothing|",
                "no UTF-8|printf '\\303('|no UTF-8|\\xc3(",
            })
    void should_fail_once_with_the_first_bytes_when_the_output_is_no_object(
            String name, String script, String message, String shown) {
        Sweep<?, ?> sweep = jobmon.post(CommandJob.of("bad output " + name, "sh", "-c", script))
                .sweep("x", 1);
        sweep.await();

        assertThat(sweep.failures().groups().get(0).cause().toString())
                .contains(message)
                .contains(shown == null ? "" : shown);
        assertThat(sweep.stream().map(Result::attempts)).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{\"x\":\"a\",\"name\":\"n\"}}|x",
                "{{\"x\":1}}|name",
                "{{\"x\":1,\"name\":\"n\",\"y\":2}}|y",
                "{{\"x\":null,\"name\":\"n\"}}|x",
                "[1]|Array",
                "1|Point",
            })
    void should_fail_when_the_output_has_wrong_types(String output, String named) {
        assertThat(failure(CommandJob.of("wrong " + output.length(), "echo", output)
                        .outcome(Point.class)))
                .contains("is no JSON of its outcome")
                .contains(named);
    }

    @Test
    void should_fail_with_the_size_when_the_output_is_too_large() {
        CommandJob<String> job = shell("large", "head -c 3000000 /dev/zero").outputLimit(2000);

        assertThat(failure(job)).contains("3,000,000 bytes; the limit is 2,000").contains("outputLimit(..)");
    }

    @Test
    void should_keep_all_up_to_the_limit_when_the_output_is_as_large() {
        CommandJob<Integer> job = CommandJob.of("as large", "head", "-c", "200000", "/dev/zero")
                .outputLimit(200_000)
                .outcome(Integer.class, output -> output.stdout().length());

        assertThat(run(job)).isEqualTo(200_000);
    }

    @Test
    void should_run_when_stdin_is_not_read_and_larger_than_a_pipe() {
        CommandJob<Integer> job = CommandJob.of("deaf", "true").outcome(Integer.class, CommandOutput::exitCode);

        assertThat(run(job, ParamSpace.grid().axis("text", "ü".repeat(20_000)))).containsExactly(0);
    }

    @Test
    void should_give_the_ground_truth_when_the_program_leaves_it() {
        Sweep<Map<String, Object>, Integer> sweep = jobmon.post(
                        CommandJob.of("ground", "sh", "-c", "echo '{{\"beta\": 0.3}}' > ground.json; echo 1")
                                .outcome(Integer.class))
                .sweep("x", 1, 2);
        sweep.await();

        assertThat(sweep.results().stream()
                        .map(result -> result.ground(Map.class).orElseThrow()))
                .containsExactly(Map.of("beta", 0.3), Map.of("beta", 0.3));
    }

    @Test
    void should_lie_in_a_working_folder_of_its_own_when_it_has_files() throws Exception {
        Path tool = file(
                "tools/run.sh", "#!/bin/sh\ncat data.txt lib/deep/more.txt; test -w data.txt || echo sealed; pwd\n");
        tool.toFile().setExecutable(true);
        Path data = file("data.txt", "one\n");
        file("lib/deep/more.txt", "two\n");
        CommandJob<String> job = CommandJob.of("files", tool.toString())
                .files(tool, data, folder.resolve("lib"))
                .outcome(String.class, CommandOutput::stdout);

        List<String> lines = run(job).lines().toList();

        assertThat(lines.subList(0, 2)).containsExactly("one", "two");
        assertThat(lines.get(lines.size() - 1)).contains("jobmon-").doesNotStartWith(folder.toString());
        assertThat(Path.of(lines.get(lines.size() - 1))).doesNotExist();
    }

    @Test
    void should_use_the_files_of_the_post_when_they_change_afterwards() throws Exception {
        Path data = file("changing.txt", "one");
        CommandJob<String> job = CommandJob.of("changing", "cat", data.toString())
                .files(data)
                .outcome(String.class, CommandOutput::stdout);
        String first = jobmon.post(job).sweep("x", 1).jobHash();
        assertThat(run(job)).isEqualTo("one");

        Files.writeString(data, "two");

        assertThat(run(job, ParamSpace.grid().axis("x", 1, 2))).containsExactly("two", "two");
        assertThat(jobmon.post(job).sweep("x", 1).jobHash()).isNotEqualTo(first);
    }

    @Test
    void should_not_see_the_connection_when_it_looks_at_its_environment() {
        String environment = run(CommandJob.of("environment", "env")
                .environment("MODEL", "größer")
                .outcome(String.class, CommandOutput::stdout));

        assertThat(environment.lines())
                .contains("MODEL=größer", "LC_ALL=" + System.getenv().getOrDefault("LC_ALL", "C.UTF-8"))
                .noneMatch(line -> line.startsWith("JOBMON_REDIS"));
    }

    @Test
    void should_show_arguments_and_files_when_asked_for_the_source() throws Exception {
        Path script = file("model.py", "print('ü')\n");
        CommandJob<?> job = CommandJob.of("source", "python3", script.toString(), "{x}")
                .files(script)
                .environment("TOKEN", "hush-hush");

        String source = jobmon.source(jobmon.post(job).sweep("x", 1).jobHash());

        assertThat(source).contains("\"python3\"", "\"model.py\"", "\"{x}\"", "print('ü')", "TOKEN=...");
        assertThat(source).doesNotContain("hush-hush").doesNotContain(folder.toString());
    }

    @Test
    void should_run_here_when_replayed() {
        Sweep<Map<String, Object>, String> sweep =
                jobmon.post(shell("replayed", "printf %s \"$JOBMON_PARAM_x\"")).sweep("x", "a", "b");
        sweep.await();

        assertThat(sweep.replay(1)).isEqualTo("b");
        Sweep<Map<String, Object>, String> failing =
                jobmon.post(shell("replayed failing", "exit 4")).attempts(1).sweep("x", 1);
        failing.await();
        assertThatThrownBy(() -> failing.replay(0))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        e -> assertThat(e.output().exitCode()).isEqualTo(4));
    }

    @Test
    void should_give_the_same_when_the_same_seed_is_given() {
        CommandJob<String> job = shell("seed", "printf %s \"$JOBMON_SEED $JOBMON_REPLICATE\"");
        Sweep<Map<String, Object>, String> sweep =
                jobmon.post(job).replicates(2).sweep("x", 1);
        sweep.await();

        List<String> seeds = sweep.results().stream().map(Result::value).toList();

        assertThat(seeds).doesNotHaveDuplicates().hasSize(2);
        assertThat(seeds.get(1)).endsWith(" 1");
        assertThat(sweep.replay(0)).isEqualTo(seeds.get(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_refuse_isolation_when_it_has_a_process_of_its_own(boolean process) {
        assertThatThrownBy(() -> jobmon.post(CommandJob.of("isolated", "true"))
                        .isolation(process ? Isolation.PROCESS : Isolation.THREAD))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("has a process of its own");
    }
}
