package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names may hold any characters, up to 128 of them. */
class NamesTest {

    private static JobMon jobmon;

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    record Named(String name) implements Job<Map<String, Object>, Map<String, Object>> {
        @Override
        public Map<String, Object> run(Map<String, Object> params, Experiment experiment) {
            if (params.containsValue("fail")) {
                throw new IllegalStateException("failed " + name);
            }
            return params;
        }
    }

    static String[] names() {
        return new String[] {
            "a|b|c",
            "a:b",
            "{a}",
            "}{",
            "two\nlines",
            "\uD83E\uDD80",
            "%s%d",
            "'\"\\",
            " ",
            "\u0000",
            "x".repeat(128),
            "\uD83E\uDD80".repeat(128),
            "../../etc",
            "value",
            "index"
        };
    }

    @ParameterizedTest
    @MethodSource("names")
    void should_work_when_job_axis_value_and_tag_are_called(String name, @TempDir Path folder) throws IOException {
        String jobName = name.isBlank() || name.equals("\u0000") ? "job" + name : name;
        Sweep<Map<String, Object>, Map<String, Object>> sweep = jobmon.post(new Named(jobName))
                .describe(name)
                .attempts(1)
                .sweep(ParamSpace.grid().axis(name, name + "!", "fail", "other"));
        sweep.await();

        assertThat(sweep.results())
                .extracting(Result::value)
                .containsExactly(Map.of(name, name + "!"), Map.of(name, "other"));
        assertThat(sweep.failures().groups()).hasSize(1);
        assertThat(sweep.failures().groups().get(0).cause().message()).isEqualTo("failed " + jobName);
        assertThat(sweep.results().iterator().next().params()).isEqualTo(Map.of(name, name + "!"));
        sweep.results().writeCsv(folder.resolve("names.csv"));
        sweep.results().writeJsonLines(folder.resolve("names.jsonl"));
        assertThat(Files.readString(folder.resolve("names.csv")))
                .startsWith("index,")
                .contains("other");
        assertThat(Files.readAllLines(folder.resolve("names.jsonl"))).hasSize(2);
        jobmon.source(sweep.jobHash());
        jobmon.attach(sweep.id(), new Named(jobName)).await();
        assertRunByTagged(new Named(jobName), tag(name));
        jobmon.clean(sweep.jobHash());
    }

    /** A tag is not blank, nor begins or ends with what counts as space. */
    private static String tag(String name) {
        return name.isBlank() || name.equals("\u0000") ? "tag" + name + "!" : name;
    }

    /** The worker of this instance carries no tag. */
    private static void assertRunByTagged(Named job, String tag) {
        try (Worker worker =
                jobmon.worker().job(job).slots(1).tags(tag, "another").start()) {
            Sweep<Map<String, Object>, Map<String, Object>> tagged =
                    jobmon.post(job).requires(tag).sweep("x", 1, 2, 3);
            tagged.await();
            assertThat(tagged.results())
                    .hasSize(3)
                    .allMatch(result -> result.worker().equals(worker.id()));
        }
    }
}
