package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.Failures;
import io.jobmon.JobMon;
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
}
