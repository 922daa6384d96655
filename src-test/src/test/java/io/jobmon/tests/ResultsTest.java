package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jobmon.CsvColumns;
import io.jobmon.Experiment;
import io.jobmon.Job;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Summary;
import io.jobmon.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of a sweep: typed results, statistics, files. */
class ResultsTest {

    private static JobMon jobmon;
    private static Sweep<Params, Outcome> sweep;

    @TempDir
    private Path folder;

    record Params(String kind, double x) {}

    record Inner(double mean, List<Integer> path) {}

    record Outcome(double y, boolean even, Inner inner, String note) {}

    static final class Study implements Job<Params, Outcome> {
        @Override
        public Outcome run(Params params, Experiment experiment) {
            if (params.kind().equals("b,\"c\"") && params.x() == 2 && experiment.replicate() == 1) {
                throw new IllegalArgumentException("no");
            }
            int k = experiment.replicate();
            return new Outcome(
                    params.x() + k, k % 2 == 0, new Inner(k == 0 ? Double.NaN : 0.1 * k, List.of(k, k + 1)), "a\nb");
        }
    }

    @BeforeAll
    static void open() {
        jobmon = JobMon.local(2);
        sweep = jobmon.post(new Study())
                .attempts(1)
                .replicates(3)
                .sweep(ParamSpace.grid().axis("kind", "a", "b,\"c\"").axis("x", 1, 2));
        sweep.await();
    }

    @AfterAll
    static void close() {
        jobmon.close();
    }

    @Test
    void should_come_typed_and_by_index_when_iterated() {
        List<Result<Params, Outcome>> results = sweep.results().stream().toList();

        assertThat(results).extracting(Result::index).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 8L, 9L, 10L, 11L);
        Result<Params, Outcome> last = results.get(10);
        assertThat(last.params()).isEqualTo(new Params("b,\"c\"", 2));
        assertThat(last.replicate()).isEqualTo(2);
        assertThat(last.value()).isEqualTo(new Outcome(4, true, new Inner(0.2, List.of(2, 3)), "a\nb"));
        assertThat(last.succeeded()).isTrue();
        assertThat(last.attempts()).isEqualTo(1);
        assertThat(last.elapsed()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(last.worker()).isNotBlank();
        assertThat(sweep.results()).hasSize(11);
    }

    @Test
    void should_give_mean_and_interval_at_each_point_when_summarised() {
        Summary summary = sweep.results().summary("y");

        assertThat(summary.field()).isEqualTo("y");
        assertThat(summary).hasSize(4);
        Summary.Row first = summary.rows().get(0);
        assertThat(first.point().asMap()).isEqualTo(Map.of("kind", "a", "x", 1.0));
        assertThat(first.n()).isEqualTo(3);
        assertThat(first.dead()).isZero();
        assertThat(first.mean()).isEqualTo(2);
        assertThat(first.sd()).isEqualTo(1);
        assertThat(first.standardError()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
        // Student's t with 2 degrees of freedom: 4.302653
        assertThat(first.high() - first.mean()).isCloseTo(4.302652729911275 / Math.sqrt(3), within(1e-9));
        assertThat(first.mean() - first.low()).isCloseTo(4.302652729911275 / Math.sqrt(3), within(1e-9));
        Summary.Row last = summary.rows().get(3);
        assertThat(last.n()).isEqualTo(2);
        assertThat(last.dead()).isEqualTo(1);
        assertThat(last.mean()).isEqualTo(3);
        assertThat(sweep.results().summary("even").rows().get(0).mean()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(sweep.results().summary("inner.mean").rows()).hasSize(4);
    }

    @Test
    void should_name_the_fields_there_are_when_the_field_is_unknown() {
        assertThatThrownBy(() -> sweep.results().summary("evn"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("'evn'")
                .hasMessageContaining("did you mean");
        assertThatThrownBy(() -> sweep.results().summary("note"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("note");
        assertThatThrownBy(() -> sweep.results().summary(null)).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_write_nothing_of_the_run_when_csv() throws IOException {
        Path csv = folder.resolve("plain.csv");

        sweep.results().writeCsv(csv);

        String text = Files.readString(csv);
        assertThat(text)
                .startsWith("index,kind,x,replicate,y,even,inner.mean,inner.path,note\n"
                        + "0,a,1.0,0,1.0,true,NaN,\"[0,1]\",\"a\nb\"\n")
                .contains("\n6,\"b,\"\"c\"\"\",1.0,1,2.0,false,0.1,\"[1,2]\",\"a\nb\"\n")
                .doesNotContain("\r");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(csv);
        }
    }

    @Test
    void should_add_the_run_when_asked_for() throws IOException {
        Path csv = folder.resolve("run.csv");

        sweep.results().writeCsv(csv, CsvColumns.WITH_RUN);

        assertThat(Files.readString(csv))
                .startsWith("index,kind,x,replicate,y,even,inner.mean,inner.path,note,attempts,elapsed,worker\n")
                .contains(sweep.results().iterator().next().worker());
    }

    @Test
    void should_write_an_object_a_line_when_json_lines() throws IOException {
        Path file = folder.resolve("results.jsonl");
        Files.writeString(file, "old");

        sweep.results().writeJsonLines(file);

        assertThat(Files.readAllLines(file))
                .hasSize(11)
                .first()
                .isEqualTo("{\"index\":0,\"params\":{\"kind\":\"a\",\"x\":1.0},\"replicate\":0,\"value\":{\"y\":1.0,"
                        + "\"even\":true,\"inner\":{\"mean\":\"NaN\",\"path\":[0,1]},\"note\":\"a\\nb\"}}");
    }

    @Test
    void should_say_why_when_a_file_cannot_be_written() {
        assertThatThrownBy(() -> sweep.results().writeCsv(folder))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("folder");
        assertThatThrownBy(() -> sweep.results().writeCsv(folder.resolve("none/there.csv")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("there.csv");
        assertThatThrownBy(() -> sweep.results().writeCsv(null)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> sweep.results().writeCsv(folder.resolve("a.csv"), null))
                .isInstanceOf(JobMonException.class);
    }

    @Test
    void should_write_the_same_bytes_when_run_on_one_slot_or_eight() throws IOException {
        byte[] two = csv(sweep, "two.csv");
        for (int slots : new int[] {1, 8}) {
            try (JobMon other = JobMon.local(slots)) {
                Sweep<Params, Outcome> again = other.post(new Study())
                        .attempts(1)
                        .replicates(3)
                        .sweep(ParamSpace.grid().axis("kind", "a", "b,\"c\"").axis("x", 1, 2));
                again.await();
                assertThat(csv(again, slots + ".csv")).isEqualTo(two);
            }
        }
    }

    private byte[] csv(Sweep<?, ?> from, String name) throws IOException {
        from.results().writeCsv(folder.resolve(name));
        return Files.readAllBytes(folder.resolve(name));
    }

    @Test
    void should_write_tables_of_any_outcome_when_csv() throws IOException {
        Sweep<Integer, Jobs.Verdict> sealed = jobmon.post(new Jobs.ToSealed()).sweep("value", 2, 3);
        Sweep<Map<String, Object>, Map<String, Object>> maps =
                jobmon.post(new Jobs.OfMaps()).sweep(List.of(Map.of("b", 1, "a", 0.5)));
        Sweep<Integer, double[]> arrays = jobmon.post(new Jobs.ToArray()).run(2);
        sealed.await();
        maps.await();
        arrays.await();

        assertThat(new String(csv(sealed, "sealed.csv"), StandardCharsets.UTF_8))
                .isEqualTo(
                        "index,value,replicate,type,steps,at,why\n0,2,0,Converged,2,0.25,\n1,3,0,Diverged,,,odd 3\n");
        assertThat(new String(csv(maps, "maps.csv"), StandardCharsets.UTF_8)).startsWith("index,a,b,replicate,");
        assertThat(new String(csv(arrays, "arrays.csv"), StandardCharsets.UTF_8))
                .isEqualTo("index,value,replicate,result.value\n0,2,0,\"[2.0,\"\"NaN\"\",\"\"-Infinity\"\"]\"\n");
    }
}
