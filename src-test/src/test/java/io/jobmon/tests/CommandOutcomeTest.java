package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.CommandException;
import io.jobmon.CommandJob;
import io.jobmon.Failure;
import io.jobmon.Failures;
import io.jobmon.Result;
import io.jobmon.Sweep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of what a program prints, leaves and ends with. */
class CommandOutcomeTest extends CommandCase {

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
    void should_fail_once_when_a_parameter_holds_a_nul() {
        Sweep<Map<String, Object>, String> sweep =
                jobmon.post(shell("nul", "echo")).attempts(3).sweep("name", "a\0b");
        sweep.await();

        try (Stream<Result<Map<String, Object>, String>> outcomes = sweep.stream()) {
            assertThat(outcomes).singleElement().satisfies(outcome -> {
                assertThat(outcome.attempts()).isEqualTo(1);
                assertThat(outcome.failure().orElseThrow().message()).contains("NUL");
            });
        }
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
    void should_take_nan_and_infinities_when_they_are_strings() {
        CommandJob<double[]> job =
                CommandJob.of("nan", "echo", "[\"NaN\", \"-Infinity\", 1]").outcome(double[].class);

        assertThat(run(job)).containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo nonsense|is no JSON",
                "echo null|holds null",
                "head -c 300000 /dev/zero|300,000 bytes; the limit is 262,144"
            })
    void should_fail_when_the_ground_truth_is_none(String writing, String message) {
        CommandJob<Integer> job = CommandJob.of("bad ground", "sh", "-c", writing + " > ground.json; echo 1")
                .outcome(Integer.class);

        assertThat(failure(job)).contains("ground.json of bad ground").contains(message);
    }

    @Test
    void should_fail_when_the_function_throws_or_gives_nothing() {
        assertThat(failure(CommandJob.of("throwing", "true").outcome(Integer.class, output -> {
                    throw new IllegalStateException("no " + output.exitCode());
                })))
                .isEqualTo("java.lang.IllegalStateException: no 0");
        assertThat(failure(CommandJob.of("nothing", "true").outcome(Integer.class, output -> null)))
                .contains("null");
    }

    @ParameterizedTest
    @CsvSource({"exit 3, ended with exit code 3", "echo no JSON, is no JSON", "exec sleep 1000, took longer than its"})
    void should_keep_what_was_printed_when_it_failed(String end, String message) {
        CommandJob<Integer> job = CommandJob.of("printing", "sh", "-c", "echo said; echo complained >&2; " + end)
                .outcome(Integer.class);
        Sweep<?, ?> sweep =
                jobmon.post(job).attempts(1).timeout(Duration.ofSeconds(2)).sweep("x", 1);
        sweep.await();

        try (Stream<? extends Result<?, ?>> outcomes = sweep.stream()) {
            Failure failure = outcomes.findFirst().orElseThrow().failure().orElseThrow();
            assertThat(failure.toString()).contains(message);
            assertThat(failure.stdout()).startsWith("said\n");
            assertThat(failure.stderr()).isEqualTo("complained\n");
        }
    }
}
