package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobmon.JobMon;
import io.jobmon.Worker;
import io.jobmon.cli.JmRun;
import io.jobmon.cli.JmRun.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands on sweeps and jobs, against a real Redis. */
@Timeout(120)
class CliIT extends CliCase {

    private OwnRedis redis;
    private JobMon jobmon;

    @BeforeEach
    void connect() throws IOException {
        Executions.in(folder);
        redis = OwnRedis.start();
        redis(redis.uri());
        jobmon = JobMon.connect(redis.uri());
    }

    @AfterEach
    void close() {
        jobmon.close();
        redis.close();
    }

    private String posted(String... args) {
        return ok(args).strip();
    }

    private String finished() {
        String sweep = posted("postsweep", "doubling", "x=12..14", "--replicates", "2", "--seed", "4");
        try (Worker worker = worker(jobmon)) {
            Said said = jm("watch", sweep);
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err())
                    .contains("2 of 6 experiments failed: jm failures " + sweep.substring(0, 12))
                    .doesNotContain("\u001b", "\r");
            assertThat(worker.id()).isNotBlank();
        }
        return sweep;
    }

    @Test
    void should_show_where_it_stands_when_posted() {
        String sweep = posted("postsweep", "doubling", "x=1..5", "--replicates", "3");

        assertThat(sweep).matches("[0-9a-f]{20}");
        assertThat(ok("jobs").lines()).hasSize(2).last().asString().contains("doubling", " 15 ", "twice as much");
        assertThat(ok("jobs", "-v")).contains(sweep.substring(0, 12), " open ", " 15 ");
        assertThat(ok("jobs", "--json"))
                .startsWith("{\"jobs\":[{\"job\":\"")
                .contains("\"sweep\":\"" + sweep
                        + "\",\"state\":\"open\",\"size\":15,\"pending\":15,\"running\":0,\"done\":0");
        assertThat(ok("explain", sweep.substring(0, 6)))
                .contains(sweep + " (doubling, 15 experiments, open)", "no worker");
        assertThat(ok("explain", "--json")).contains("\"reasons\":[\"no worker");
        assertThat(ok("watch", "--json", "doubling")).contains("\"pending\":15");
        assertThat(posted("postsweep", "doubling", "x=1..5", "--replicates", "3"))
                .isEqualTo(sweep);
        assertThat(ok("postsweep", "doubling", "x=1..5", "--replicates", "3", "--json"))
                .contains("\"sweep\":\"" + sweep + "\"", "\"points\":5,\"replicates\":3,\"size\":15");
    }

    @Test
    void should_post_the_same_sweep_when_the_ancestors_words_are_used() {
        String twoD = posted("post2dsweep", "doubling", "4", "x", "1,2", "y", "0.1..0.3/3");

        assertThat(posted("post2dsweep", "doubling", "4", "x=1,2", "y=0.1..0.3/3"))
                .isEqualTo(twoD);
        assertThat(posted("postsweep", "doubling", "x=1,2", "y=0.1..0.3/3", "--replicates", "4"))
                .isEqualTo(twoD);
        assertThat(posted("postexp", "doubling", "3", "x=7"))
                .isEqualTo(posted("postsweep", "doubling", "x=7", "--replicates", "3"));
        assertThat(refused(2, "postexp", "doubling", "3", "x=7,8")).contains("That is 2 points", "postsweep");
        assertThat(refused(2, "post2dsweep", "doubling", "4", "x", "1,2")).contains("two parameters");
    }

    @Test
    void should_take_the_job_of_a_file_when_postjob_names_one() throws IOException {
        Files.writeString(folder.resolve("const.sh"), "echo '{\"one\": 1}'");
        Files.writeString(
                folder.resolve("jobmon.yaml"), "jobs:\n  const: { command: [sh, const.sh], files: [const.sh] }\n");

        String sweep = posted("postjob", "const.sh", "always one", "3");

        assertThat(posted("postjob", "const", "always one", "3")).isEqualTo(sweep);
        assertThat(ok("jobs")).contains("const", "always one", " 3 ");
        Said missing = jm("postjob", "other.py");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.out()).isEqualTo("  other: { command: [python3, other.py], files: [other.py] }\n");
        assertThat(missing.err()).contains("No job has the file other.py").hasLineCount(1);
    }

    @Test
    void should_find_the_job_when_postjob_names_a_file_below_its_folder() throws IOException {
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(folder.resolve("src/one.sh"), "echo '{\"one\": 1}'");
        Files.writeString(
                folder.resolve("jobmon.yaml"),
                "jobs:\n  one: { command: [sh, src/one.sh], files: [src], replicates: 3 }\n");

        assertThat(ok("postjob", "src/one.sh", "--json")).contains("\"name\":\"one\"", "\"replicates\":3");
        assertThat(ok("postjob", "src/one.sh", "always one", "5", "--json")).contains("\"replicates\":5");
        assertThat(jm("postjob", "src/two.sh").err()).contains("No job has the file src/two.sh");
        assertThat(jm("postjob", "srcs/one.sh").code()).isEqualTo(2);
    }

    @Test
    void should_take_values_when_they_begin_with_a_minus() {
        String posted = posted("post2dsweep", "doubling", "2", "x", "-1..1/3", "y", "-.5,3");

        assertThat(posted("post2dsweep", "doubling", "2", "x=-1..1/3", "--seed", "0", "y", "-.5,3"))
                .isEqualTo(posted);
        assertThat(posted("postsweep", "doubling", "x=-1..1/3", "y=-.5,3", "--replicates", "2"))
                .isEqualTo(posted);
        assertThat(refused(2, "post2dsweep", "doubling", "2", "x", "-1", "--priorty", "2", "y", "-1"))
                .contains("Unknown option: '--priorty'; did you mean --priority?");
    }

    @Test
    void should_be_listed_when_a_job_has_no_sweep() {
        redis.commands().hset("jobmon:jobs:names", "f".repeat(40), "ghost");

        assertThat(ok("jobs")).contains("ffffffffffff  ghost");
        assertThat(ok("jobs", "-v")).contains("ffffffffffff  ghost");
    }

    @Test
    void should_hold_nothing_that_moves_the_cursor_when_parameters_do() {
        posted("postsweep", "text", "x=a\u001b[31m,b", "--seed", "4");
        try (Worker worker = worker(jobmon)) {
            assertThat(jm("watch").code()).isZero();
            assertThat(worker.id()).isNotBlank();
        }

        assertThat(ok("results")).contains("a?[31m").doesNotContain("\u001b");
    }

    @Test
    void should_show_and_write_results_when_there_are_some() throws IOException {
        String sweep = finished();

        assertThat(ok("results", sweep, "--limit", "2").lines())
                .hasSize(3)
                .first()
                .asString()
                .matches("index +x +replicate +double +note.seed");
        assertThat(ok("results", "--summary").lines())
                .anyMatch(line -> line.matches("12 +2 +0 +24 +0"))
                .anyMatch(line -> line.matches("13 +0 +2 +- +-"));
        assertThat(ok("results", "--field", "double", "--json"))
                .contains(
                        "\"params\":{\"x\":12},\"runs\":2,\"failed\":0,\"fields\":{\"double\":{\"n\":2,\"mean\":24.0,");
        assertThat(ok("results", "--ground", "--json"))
                .startsWith("{\"sweep\":\"" + sweep + "\"")
                .contains("\"index\":0,\"params\":{\"x\":12},\"replicate\":0,\"value\":{\"double\":24,")
                .contains("\"ground\":{\"from\":\"1\"}}");
        assertThat(ok("results", "--ground")).contains("{\"from\":\"0\"}");
        assertThat(ok("results", "--csv", folder.resolve("r.csv").toString())).isEmpty();
        assertThat(Files.readString(folder.resolve("r.csv")))
                .isEqualTo(ok("results", "--csv", "-"))
                .startsWith("index,x,replicate,double,note\n0,12,0,24,")
                .hasLineCount(5);
        assertThat(ok("results", "--jsonl", "-"))
                .startsWith("{\"index\":0,\"params\":{\"x\":12}")
                .hasLineCount(4);
        assertThat(refused(1, "results", "--field", "dubble")).contains("did you mean", "double");
        assertThat(refused(2, "results", "--ground", "--csv", "-")).contains("--ground");
        assertThat(refused(2, "results", "--summary", "--csv", "-")).contains("--summary does not go with --csv");
        assertThat(refused(2, "results", "--field", "double", "--jsonl", "-")).contains("--field");
        assertThat(refused(2, "results", "--json", "--csv", "-")).contains("--json");
    }

    @Test
    void should_read_results_when_their_job_is_nowhere() throws IOException {
        finished();
        Files.delete(folder.resolve("jobmon.yaml"));
        try (Worker worker = jobmon.worker().job(new Sampling()).slots(1).start()) {
            jobmon.post(new Sampling()).sweep(FaultCase.samples(3)).await();
            assertThat(worker.id()).isNotBlank();
        }

        assertThat(ok("results", "doubling", "--csv", "-")).hasLineCount(5);
        assertThat(ok("results", "Sampling", "--summary").lines()).hasSizeGreaterThan(1);
        assertThat(refused(2, "replay", "doubling", "0")).contains("The code of doubling is not here");
    }

    @Test
    void should_group_replay_and_retry_when_experiments_failed() throws IOException {
        String sweep = finished();

        assertThat(ok("failures"))
                .contains("2 failures", "2 x io.jobmon.CommandException", "13 is bad luck")
                .contains("jm replay " + sweep.substring(0, 12) + " 1 runs one here: x=13");
        assertThat(ok("failures", "--json")).contains("\"total\":2,\"succeeded\":4", "\"examples\":[1,4]");
        assertThat(ok("replay", sweep, "0")).startsWith("{\"double\":24,");
        assertThat(jm("replay", sweep, "0").err()).contains("x=12, replicate 0, seed ");
        assertThat(refused(1, "replay", sweep, "99")).contains("There is no experiment 99");
        Said failing = jm("replay", sweep, "1");
        assertThat(failing.code()).isEqualTo(1);
        assertThat(failing.err()).contains("13 is bad luck").doesNotContain("\tat ");
        assertThat(jm("replay", sweep, "1", "--debug").err()).contains("\tat ");

        assertThat(ok("retry", sweep)).startsWith("2 experiments of " + sweep.substring(0, 12));
        assertThat(ok("jobs", "--json")).contains("\"pending\":2", "\"failed\":0");
    }

    @Test
    void should_draw_when_plot_is_asked_for() throws IOException {
        finished();
        String png = folder.resolve("p.png").toString();

        assertThat(ok("plot", "--line", "x", "double", "--label", "x=input [m]", "--size", "400x300", "-o", png))
                .isEqualTo(png + "\n");

        assertThat(ImageIO.read(folder.resolve("p.png").toFile()).getWidth()).isEqualTo(400);
        assertThat(ok(
                        "plot",
                        "--histogram",
                        "double",
                        "-o",
                        folder.resolve("h.svg").toString()))
                .endsWith("h.svg\n");
        assertThat(Files.readString(folder.resolve("h.svg"))).contains("<svg");
        assertThat(refused(2, "plot")).contains("--line AXIS FIELD");
        assertThat(refused(1, "plot", "--line", "x", "dubble")).contains("dubble");
    }

    @Test
    void should_describe_and_show_the_source_when_a_job_is_named() {
        posted("postexp", "doubling", "1", "x=1");

        assertThat(ok("describe", "doubling")).isEqualTo("twice as much\n");
        ok("describe", "doubling", "two times x");
        assertThat(ok("describe", "doubling")).isEqualTo("two times x\n");
        assertThat(ok("describe", "doubling", "--json"))
                .endsWith("\"name\":\"doubling\",\"description\":\"two times x\"}\n");
        assertThat(ok("source", "doubling")).contains("double.sh", "13 is bad luck");
        assertThat(ok("source", "doubling", "--json")).contains("\"source\":\"# doubling");
    }

    @Test
    void should_ask_before_deleting_when_nobody_has_said_yes() {
        String sweep = finished();

        assertThat(refused(2, "clean", "doubling")).contains("Delete doubling", "4 results", "--yes");
        assertThat(refused(2, "cleanres", sweep)).contains("--yes");
        String other = posted("postexp", "doubling", "2", "x=3");
        assertThat(refused(2, "cleanres", "doubling", "--yes")).contains(sweep, other, "give more characters");
        assertThat(ok("cleanres", sweep, "--yes")).contains("4 results");
        assertThat(ok("jobs", "-v")).contains(other.substring(0, 12)).doesNotContain(sweep.substring(0, 12));
        assertThat(ok("cancel", "doubling")).contains("Cancelled " + other.substring(0, 12));
        assertThat(ok("jobs", "-v")).contains("cancelled");
        assertThat(ok("gc")).contains("There is no garbage.");
        assertThat(ok("gc", "--json")).contains("\"removed\":false,\"items\":[]");
        assertThat(ok("clean", "doubling", "-y")).contains("Deleted doubling");
        assertThat(jm("jobs").err()).contains("No job is posted here.");
    }

    @Test
    void should_show_what_it_would_remove_when_gc_finds_something() {
        redis.commands().hset("jobmon:jobs:names", "f".repeat(40), "ghost");

        Said said = jm("gc");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("Would be removed:", "ffff");
        assertThat(ok("gc", "--dry-run", "--json")).contains("\"kind\":\"job\"");
        Said unanswered = jm("gc", "--json");
        assertThat(unanswered.code()).isEqualTo(2);
        assertThat(unanswered.out()).isEqualTo(ok("gc", "-n", "--json")).startsWith("{\"removed\":false,");
        assertThat(unanswered.err()).contains("--yes");
        assertThat(ok("gc", "--yes")).contains("Removed:");
        assertThat(ok("gc")).contains("There is no garbage.");
    }

    @Test
    void should_refuse_to_clean_when_workers_run_the_job() throws IOException {
        Files.writeString(
                folder.resolve("double.sh"), "until [ -e " + folder + "/go ]; do sleep 0.05; done; echo '{}'");
        posted("postexp", "doubling", "1", "x=1");
        try (Worker worker = worker(jobmon)) {
            await().until(() -> ok("jobs", "--json").contains("\"running\":1"));

            assertThat(refused(2, "clean", "doubling", "--yes")).contains("is running", "--running-too");
            assertThat(refused(2, "cleanres", "doubling", "--yes")).contains("is running", "--running-too");
            assertThat(ok("net")).contains(worker.id(), "working", "doubling");
            assertThat(ok("net", "-v")).contains("heartbeat", "machine");
            assertThat(ok("net", "--json"))
                    .contains("\"worker\":\"" + worker.id() + "\"", "\"heartbeatAge\":", "\"history\":");
            Files.writeString(folder.resolve("go"), "");
            assertThat(ok("clean", "doubling", "--yes", "--running-too")).contains("Deleted");
        }
    }

    @Test
    void should_run_the_programs_own_jobs_when_embedded() throws IOException {
        try (Worker worker = jobmon.worker().job(new Sampling()).slots(2).start()) {
            Said said = JmRun.jm(
                    folder,
                    environment,
                    List.of(new Sampling()),
                    "postsweep",
                    "Sampling",
                    "i=1..4",
                    "millis=1",
                    "--wait",
                    "--seed",
                    "3");
            assertThat(said.code()).as(said.err()).isZero();
            assertThat(worker.id()).isNotBlank();
        }
        Said csv = JmRun.jm(folder, environment, List.of(new Sampling()), "results", "--csv", "-");
        assertThat(csv.lines()).hasSize(5).first().isEqualTo("index,i,millis,replicate,seed,mean,text");
        assertThat(ok("results", "--csv", "-").lines()).first().isEqualTo("index,i,millis,replicate,mean,seed,text");
    }
}
