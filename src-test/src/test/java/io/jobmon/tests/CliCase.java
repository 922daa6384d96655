package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.JobMon;
import io.jobmon.Worker;
import io.jobmon.cli.JmRun;
import io.jobmon.cli.JmRun.Said;
import io.jobmon.spi.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a jobmon.yaml whose job is a shell script, and {@code jm} in it. */
abstract class CliCase {

    /** Doubles x; fails at x = 13; tells a ground truth. */
    private static final String SCRIPT = """
            if [ "$1" = 13 ]; then echo "13 is bad luck" >&2; exit 3; fi
            echo '{"from": "'$JOBMON_REPLICATE'"}' >ground.json
            echo '{"double": '$(($1 * 2))', "note": {"seed": "'$JOBMON_SEED'"}}'
            """;

    static final String JOB = """
            jobs:
              doubling: { command: [sh, double.sh, "{x}"], files: [double.sh], attempts: 1, description: twice as much }
              text: { command: [sh, -c, "echo good"], output: text }
              number: { command: [sh, -c, "echo $JOBMON_PARAM_x.5"], output: number }
            """;

    @TempDir
    Path folder;

    final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("double.sh"), SCRIPT);
        yaml("");
    }

    final void yaml(String more) throws IOException {
        Files.writeString(folder.resolve("jobmon.yaml"), JOB + more);
    }

    final Said jm(String... args) {
        return JmRun.jm(folder, environment, List.of(), args);
    }

    /** What a command prints that must work. */
    final String ok(String... args) {
        Said said = jm(args);
        assertThat(said.code())
                .as(String.join(" ", args) + ": " + said.out() + said.err())
                .isZero();
        return said.out();
    }

    /** The line on standard error of a command that must not work. */
    final String refused(int code, String... args) {
        Said said = jm(args);
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(code);
        assertThat(said.err().lines()).as(said.err()).hasSize(1);
        assertThat(said.err()).startsWith("jm: ").doesNotContain("\tat ");
        return said.err();
    }

    final void redis(String uri) throws IOException {
        Path file = folder.resolve("uri");
        Files.writeString(file, uri);
        environment.put("JOBMON_REDIS_FILE", file.toString());
    }

    /** A worker of this JVM for the jobs of the file. */
    final Worker worker(JobMon jobmon) {
        Worker.Builder worker = jobmon.worker().slots(2);
        Engine.find().project(folder.resolve("jobmon.yaml")).jobs().values().forEach(worker::job);
        return worker.start();
    }
}
