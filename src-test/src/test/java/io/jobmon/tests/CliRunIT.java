package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.cli.JmRun;
import io.jobmon.cli.JmRun.Said;
import io.jobmon.spi.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no server: run, init, a local folder, heads, and what is refused before anything is connected. */
@Timeout(120)
class CliRunIT extends CliCase {

    @Test
    void should_show_a_row_for_each_point_when_run_here() {
        Said said = jm("run", "doubling", "x=1..3", "--replicates", "2", "--slots", "2");

        assertThat(said.code()).isZero();
        assertThat(said.lines()).hasSize(4).first().asString().matches("x +runs +double +\\+-");
        assertThat(said.lines().get(3)).matches("3 +2 +6 +0");
        assertThat(ok("run", "number", "x=4")).contains("4.5");
        assertThat(ok("run", "text")).contains("good");
        assertThat(ok("run", "doubling", "x=1,2", "--json"))
                .startsWith(
                        "{\"name\":\"doubling\",\"size\":2,\"done\":2,\"failed\":0,\"points\":[{\"params\":{\"x\":1}");
        assertThat(ok("run", "doubling", "x=1,2", "--csv", "-"))
                .isEqualTo(ok("run", "doubling", "x=1,2", "--csv", "-"));
    }

    @Test
    void should_say_what_failed_when_run_here() {
        Said said = jm("run", "doubling", "x=12,13");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("24");
        assertThat(said.err()).contains("13 is bad luck", "x=13").doesNotContain("replay(");
    }

    @Test
    void should_write_a_file_that_works_when_init() throws IOException {
        assertThat(refused(2, "init")).contains("There is a jobmon.yaml in this folder already");
        Files.delete(folder.resolve("jobmon.yaml"));

        ok("init");

        assertThat(ok("run", "hello", "x=1..3").lines().toList())
                .last()
                .asString()
                .matches("3 +1 +9 +-");
        assertThat(Engine.find().project(folder.resolve("jobmon.yaml")).hosts()).hasSize(1);
    }

    @Test
    void should_wait_and_keep_results_when_the_file_has_a_local_folder() throws IOException {
        yaml("local: ./state\n");

        Said posted = jm("postsweep", "doubling", "x=12,13", "--replicates", "2");

        assertThat(posted.code()).isEqualTo(1);
        String sweep = posted.out().strip();
        assertThat(ok("results", sweep, "--csv", "-")).hasLineCount(3);
        assertThat(ok("retry", sweep)).startsWith("2 experiments");
        assertThat(jm("watch", sweep).code()).isEqualTo(1);
        assertThat(ok("failures", sweep)).contains("2 failures");
        assertThat(refused(2, "worker")).contains("No head runs");
    }

    @Test
    void should_find_the_head_at_home_when_one_was_spawned() throws IOException {
        assertThat(refused(2, "jobs")).contains("no head runs", "jm spawn");
        try {
            Said said = jm("spawn");
            assertThat(said.code()).as(said.err()).isZero();
            assertThat(said.out()).startsWith("Head of ").contains("Redis at 127.0.0.1:");
            assertThat(refused(1, "spawn")).contains("already", "killspawn");
            String sweep = ok("postsweep", "doubling", "x=1..3").strip();

            assertThat(ok("killspawn")).contains("has ended");
            assertThat(refused(2, "jobs")).contains("jm spawn");
            assertThat(ok("spawn", "--json"))
                    .contains("\"address\":\"127.0.0.1:", "\"uriFile\":")
                    .doesNotContain("redis://");
            assertThat(ok("jobs", "-v")).contains(sweep.substring(0, 12));

            yaml("redis: { file: " + folder + "/home/redis }\n");
            assertThat(ok("jobs")).contains("doubling");
            assertThat(JmRun.jm(folder, environment, List.of(), "jobs", "--namespace", "other")
                            .err())
                    .contains("No job is posted here");

            ok("killspawn");
            assertThat(refused(1, "spawn", "--listen", "6379")).contains("'6379' is no address to listen at");
            assertThat(ok("spawn", "--listen", "127.0.0.7")).contains("Redis at 127.0.0.7:");
            assertThat(ok("jobs")).contains("doubling");
        } finally {
            if (Engine.find().heads().find(folder.resolve("home")).isPresent()) {
                Engine.find().heads().kill(folder.resolve("home"), Duration.ofSeconds(20));
            }
        }
        assertThat(refused(1, "killspawn")).contains("head");
    }

    @Test
    void should_refuse_when_a_secret_would_be_an_argument() {
        String line = refused(2, "jobs", "--redis", "redis://:secret@localhost:1");

        assertThat(line).contains("JOBMON_REDIS_FILE").doesNotContain("secret");
    }

    @Test
    void should_say_so_in_a_line_when_redis_is_away() {
        assertThat(refused(1, "jobs", "--redis", "redis://127.0.0.1:1")).contains("127.0.0.1:1");
        environment.put("JOBMON_REDIS", "redis://127.0.0.1:1");
        assertThat(refused(1, "net")).contains("127.0.0.1:1");
        environment.put("JOBMON_REDIS_FILE", "/nowhere");
        assertThat(refused(2, "net")).contains("leave one");
        environment.remove("JOBMON_REDIS");
        assertThat(refused(1, "net")).contains("/nowhere");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|A command is missing. See: jm --help",
                "runn|There is no command 'runn'; did you mean run? See: jm --help",
                "frobnicate|There is no command 'frobnicate'. See: jm --help",
                "run|Missing required parameter: 'JOB'. See: jm run --help",
                "run doublin x=1|did you mean doubling?",
                "run doubling x|'x' is no NAME=VALUES",
                "run doubling x=1..|x=1..: '1..' is no range",
                "run doubling x=1 --replicates many|Invalid value for option '--replicates'",
                "run doubling x=1 --timeout soon|'soon' is no duration",
                "run doubling x=1 x=2|Axis 'x' is there already",
                "jobs --fiel|Unknown option: '--fiel'; did you mean --file?",
                "run doubling x=1 --replicats=3|Unknown option: '--replicats=3'; did you mean --replicates?",
                "help jbos|There is no command 'jbos'; did you mean jobs? See: jm --help",
                "jbos --help|There is no command 'jbos'; did you mean jobs? See: jm --help",
                "jobs --file nowhere.yaml|There is no file nowhere.yaml",
                "postexp doubling|Missing required parameter",
                "sync|lists no hosts",
                "logs --job x|go with -f",
                "clean|Missing required parameter: 'JOB'",
            })
    void should_be_one_line_and_exit_code_2_when_misused(String typed, String line) {
        assertThat(refused(2, typed.isEmpty() ? new String[0] : typed.split(" ")))
                .contains(line);
    }

    @Test
    void should_name_line_and_column_when_the_file_is_wrong() throws IOException {
        yaml("jobz: {}\n");

        assertThat(refused(1, "run", "doubling", "x=1")).contains("jobmon.yaml, line 5, column 1", "jobz");
    }

    @Test
    void should_have_help_for_each_command_when_asked() {
        List<String> names = ok("--help")
                .lines()
                .filter(line -> line.matches("  [a-z0-9]+ .*"))
                .map(line -> line.strip().split(" ")[0])
                .toList();

        assertThat(names).hasSizeGreaterThan(28);
        for (String name : names) {
            assertThat(ok(name, "--help")).contains("Usage: jm " + name).doesNotContain("\u001b");
            assertThat(ok("help", name)).isEqualTo(ok(name, "--help"));
        }
        assertThat(ok("completion")).contains("postsweep", "--replicates");
    }
}
