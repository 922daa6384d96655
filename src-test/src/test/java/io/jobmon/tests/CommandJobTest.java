package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandException;
import io.jobmon.CommandJob;
import io.jobmon.CommandOutput;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.core.codec.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A program as a job, as the contract says, on real programs. */
class CommandJobTest extends CommandCase {

    @Test
    void should_hand_over_all_parameters_when_they_hold_anything() throws Exception {
        // All that it says is in hexadecimal digits, so that sh need not know what JSON wants.
        Path script = file("echo.sh", """
                hex() { od -An -v -tx1 | tr -d ' \\n'; }
                stdin=$(hex)
                argv=
                for value in "$@"; do
                    argv="$argv${argv:+,}\\"$(printf %s "$value" | hex)\\""
                done
                env=
                for name in $(env | sed -n 's/^\\(JOBMON_[A-Za-z0-9_]*\\)=.*/\\1/p' | grep -v '^JOBMON_MARK$'); do
                    eval "value=\\$$name"
                    env="$env${env:+,}\\"$name\\":\\"$(printf %s "$value" | hex)\\""
                done
                printf '{"argv":[%s],"stdin":"%s","env":{%s}}\\n' "$argv" "$stdin" "$env"
                """);
        CommandJob<Map<String, Object>> job = CommandJob.of(
                        "parameters", "sh", script.toString(), "--s={s}", "{d}/{i}", "{list}{b}", "{{s}}", "{odd name}")
                .files(script);

        Map<String, Object> seen = run(
                        job,
                        ParamSpace.points(List.of(Map.of(
                                "s", NASTY, "d", 0.1, "i", 3, "list", List.of(1, "a"), "b", true, "odd name", "x"))))
                .get(0);

        assertThat(((List<?>) seen.get("argv")).stream().map(CommandJobTest::unhex))
                .containsExactly("--s=" + NASTY, "0.1/3", "[1,\"a\"]true", "{s}", "x");
        assertThat(Json.parse(unhex(seen.get("stdin"))))
                .isEqualTo(Map.of("s", NASTY, "d", 0.1, "i", 3L, "list", List.of(1L, "a"), "b", true, "odd name", "x"));
        Map<?, ?> env = (Map<?, ?>) seen.get("env");
        assertThat(unhex(env.get("JOBMON_PARAM_s"))).isEqualTo(NASTY);
        assertThat(unhex(env.get("JOBMON_PARAM_d"))).isEqualTo("0.1");
        assertThat(unhex(env.get("JOBMON_PARAM_list"))).isEqualTo("[1,\"a\"]");
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
        assertThat(unhex(env.get("JOBMON_ATTEMPT"))).isEqualTo("1");
    }

    private static String unhex(Object digits) {
        return new String(HexFormat.of().parseHex((String) digits), StandardCharsets.UTF_8);
    }

    @Test
    void should_not_read_values_again_when_they_hold_placeholders() {
        CommandJob<String> job =
                CommandJob.of("once", "printf", "%s", "{a}{b}").outcome(String.class, CommandOutput::stdout);

        assertThat(run(job, ParamSpace.points(List.of(Map.of("a", "{b}", "b", "{a}")))))
                .containsExactly("{b}{a}");
    }

    @Test
    void should_run_when_stdin_is_not_read_and_larger_than_a_pipe() {
        CommandJob<Integer> job = CommandJob.of("deaf", "true").outcome(Integer.class, CommandOutput::exitCode);

        assertThat(run(job, ParamSpace.grid().axis("text", "ü".repeat(20_000)))).containsExactly(0);
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
}
