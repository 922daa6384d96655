package io.jobmon.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jobmon.Axis;
import io.jobmon.CsvColumns;
import io.jobmon.Failure;
import io.jobmon.JobMonException;
import io.jobmon.ParamSpace;
import io.jobmon.Result;
import io.jobmon.Summary;
import io.jobmon.core.codec.OutcomeType;
import io.jobmon.core.codec.ParameterType;
import io.jobmon.core.space.Space;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredResultsTest {

    record Params(double p, String name) {}

    record Position(double x, double y) {}

    record Outcome(boolean spans, double largest, Position pos, List<Double> path) {}

    record Clash(int index, int p, int attempts) {}

    record One(long a) {}

    record Ground(int seed) {}

    @TempDir
    Path folder;

    private static final Space<Params> SPACE =
            space(ParamSpace.grid().axis("p", 0.1, 0.2).axis("name", "plain", "a,\"b\"\nü"), Params.class);

    private static <P> Space<P> space(ParamSpace space, Type type) {
        return Space.of(space, ParameterType.of(type, "Job"));
    }

    private static FakeSweep sweep() {
        FakeSweep sweep = new FakeSweep(4, 12);
        sweep.causes.put(0, new Failure("java.lang.IllegalStateException", "boom", "at x"));
        return sweep.put(0, "[true,0.5,{\"x\":1.0,\"y\":\"NaN\"},[1.0,2.5]]")
                .put(1, "[false,1.0E-7,null,null]", 12, 2, 3)
                .dead(2, 0)
                .put(5, "[true,2.0E23,{\"x\":-0.0,\"y\":3.0},[]]");
    }

    private static StoredResults<Params, Outcome> results(FakeSweep sweep) {
        return new StoredResults<>(sweep, SPACE, OutcomeType.of(Outcome.class, "Job"), () -> "Job");
    }

    @Test
    void should_be_succeeded_ones_by_index_when_iterated() {
        List<Result<Params, Outcome>> all = results(sweep()).stream().toList();
        assertThat(all).extracting(Result::index).containsExactly(0L, 1L, 5L);
        Result<Params, Outcome> second = all.get(1);
        assertThat(second.params()).isEqualTo(new Params(0.1, "a,\"b\"\nü"));
        assertThat(second.value()).isEqualTo(new Outcome(false, 1e-7, null, null));
        assertThat(second.replicate()).isZero();
        assertThat(second.succeeded()).isTrue();
        assertThat(second.failure()).isEmpty();
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.elapsed()).isEqualTo(Duration.ofNanos(12_000));
        assertThat(second.worker()).isEqualTo("host-3");
        assertThat(second.ground(Ground.class)).contains(new Ground(7));
        assertThat(all.get(0).ground(Ground.class)).isEmpty();
        assertThat(all.get(2).replicate()).isEqualTo(1);
        assertThat(all.get(2).params()).isEqualTo(second.params());

        Iterator<Result<Params, Outcome>> none = results(new FakeSweep(4, 12)).iterator();
        assertThat(none.hasNext()).isFalse();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void should_skip_empty_blocks_and_read_few_ahead_when_the_sweep_is_large() {
        long points = 10_000_000;
        Space<Long> space = space(ParamSpace.grid().axis("value", Axis.range(0L, points - 1, 1L)), Long.class);
        FakeSweep sweep = new FakeSweep(points, points);
        for (long index = 0; index < 200 * 128; index++) {
            sweep.put(index, "[" + index * 3 + "]");
        }
        sweep.put(9_999_999, "[7]");
        StoredResults<Long, One> results =
                new StoredResults<>(sweep, space, OutcomeType.of(One.class, "Job"), () -> "Job");

        Iterator<Result<Long, One>> iterator = results.iterator();
        iterator.next();
        assertThat(sweep.blocksRead).hasSizeLessThanOrEqualTo(2 * BlockFeed.BATCH);
        List<Result<Long, One>> all = results.stream().toList();
        assertThat(all).hasSize(200 * 128 + 1);
        assertThat(all.get(25_000).value()).isEqualTo(new One(75_000));
        assertThat(all.get(25_000).params()).isEqualTo(25_000L);
        assertThat(all.get(200 * 128).index()).isEqualTo(9_999_999);
        assertThat(sweep.blocksRead.stream().distinct()).hasSize(201);
    }

    @Test
    void should_be_these_very_bytes_when_written_as_csv() throws IOException {
        Path file = folder.resolve("out.csv");
        Files.writeString(file, "old");
        results(sweep()).writeCsv(file);
        assertThat(Files.readString(file))
                .isEqualTo("index,p,name,replicate,spans,largest,pos.x,pos.y,path\n"
                        + "0,0.1,plain,0,true,0.5,1.0,NaN,\"[1.0,2.5]\"\n"
                        + "1,0.1,\"a,\"\"b\"\"\nü\",0,false,1.0E-7,,,\n"
                        + "5,0.1,\"a,\"\"b\"\"\nü\",1,true,2.0E23,-0.0,3.0,[]\n");
        results(sweep()).writeCsv(file, CsvColumns.WITH_RUN);
        assertThat(Files.readAllLines(file))
                .startsWith(
                        "index,p,name,replicate,spans,largest,pos.x,pos.y,path,attempts,elapsed,worker",
                        "0,0.1,plain,0,true,0.5,1.0,NaN,\"[1.0,2.5]\",1,1.500000,host-0")
                .contains("ü\",0,false,1.0E-7,,,,2,0.000012,host-3");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void should_keep_names_apart_when_columns_collide() throws IOException {
        record P(int p, int replicate) {}
        Space<P> space = space(ParamSpace.grid().axis("p", 1).axis("replicate", 2), P.class);
        FakeSweep sweep = new FakeSweep(1, 1).put(0, "[5,6,7]");
        Path file = folder.resolve("out.csv");
        new StoredResults<P, Clash>(sweep, space, OutcomeType.of(Clash.class, "Job"), () -> "Job")
                .writeCsv(file, CsvColumns.WITH_RUN);
        assertThat(Files.readString(file))
                .isEqualTo("index,p,parameter.replicate,replicate,result.index,result.p,attempts,"
                        + "run.attempts,elapsed,worker\n0,1,2,0,5,6,7,1,1.500000,host-0\n");
    }

    @Test
    void should_have_all_keys_as_columns_when_outcomes_are_maps() throws IOException {
        FakeSweep sweep =
                new FakeSweep(4, 4).put(0, "[{\"b\":1,\"a\":\"NaN\"}]").put(1, "[{\"c\":[1,2],\"p\":true}]");
        StoredResults<Params, Map<String, Object>> results =
                new StoredResults<>(sweep, SPACE, OutcomeType.of(Map.class, "Job"), () -> "Job");
        Path file = folder.resolve("out.csv");
        results.writeCsv(file);
        assertThat(Files.readString(file))
                .isEqualTo("index,p,name,replicate,a,b,c,result.p\n0,0.1,plain,0,NaN,1,,\n"
                        + "1,0.1,\"a,\"\"b\"\"\nü\",0,,,\"[1,2]\",true\n");
        assertThatThrownBy(() -> results.summary("b"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("has no field 'b'; it has c, p");
    }

    @Test
    void should_be_one_object_a_line_when_written_as_json() throws IOException {
        Path file = folder.resolve("out.jsonl");
        results(sweep()).writeJsonLines(file);
        assertThat(Files.readString(file))
                .isEqualTo("{\"index\":0,\"params\":{\"p\":0.1,\"name\":\"plain\"},\"replicate\":0,\"value\":"
                        + "{\"spans\":true,\"largest\":0.5,\"pos\":{\"x\":1.0,\"y\":\"NaN\"},\"path\":[1.0,2.5]}}\n"
                        + "{\"index\":1,\"params\":{\"p\":0.1,\"name\":\"a,\\\"b\\\"\\nü\"},\"replicate\":0,\"value\":"
                        + "{\"spans\":false,\"largest\":1.0E-7,\"pos\":null,\"path\":null}}\n"
                        + "{\"index\":5,\"params\":{\"p\":0.1,\"name\":\"a,\\\"b\\\"\\nü\"},\"replicate\":1,\"value\":"
                        + "{\"spans\":true,\"largest\":2.0E23,\"pos\":{\"x\":-0.0,\"y\":3.0},\"path\":[]}}\n");
    }

    @Test
    void should_leave_no_trace_when_a_file_cannot_be_written() throws IOException {
        assertThatThrownBy(() -> results(sweep()).writeCsv(folder.resolve("none/out.csv")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("none/out.csv cannot be written");
        assertThatThrownBy(() -> results(sweep()).writeCsv(folder)).hasMessageContaining("is a folder");
        Path file = folder.resolve("out.csv");
        Files.writeString(file, "old");
        FakeSweep damaged = sweep().put(7, "[1]");
        assertThatThrownBy(() -> results(damaged).writeCsv(file))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("A stored result of Job does not fit Outcome");
        assertThat(Files.readString(file)).isEqualTo("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void should_agree_with_hand_computed_numbers_when_summarised() {
        FakeSweep sweep = new FakeSweep(4, 20);
        for (int replicate = 0; replicate < 4; replicate++) {
            sweep.put(replicate * 4L, "[true," + (replicate + 1) + ".0,null,null]");
        }
        sweep.put(1, "[false,7.5,null,null]").dead(5, 0).dead(2, 0);
        Summary summary = results(sweep).summary("largest");
        assertThat(summary.field()).isEqualTo("largest");
        assertThat(summary.rows()).hasSize(3);

        Summary.Row first = summary.rows().get(0);
        assertThat(first.point().asMap()).isEqualTo(Map.of("p", 0.1, "name", "plain"));
        assertThat(first.n()).isEqualTo(4);
        assertThat(first.dead()).isZero();
        assertThat(first.mean()).isEqualTo(2.5);
        assertThat(first.sd()).isCloseTo(1.2909944487358056, within(1e-15));
        assertThat(first.standardError()).isCloseTo(0.6454972243679028, within(1e-15));
        assertThat(first.low()).isCloseTo(2.5 - 3.182446305284263 * 0.6454972243679028, within(1e-9));
        assertThat(first.high()).isCloseTo(2.5 + 3.182446305284263 * 0.6454972243679028, within(1e-9));

        Summary.Row second = summary.rows().get(1);
        assertThat(second.n()).isEqualTo(1);
        assertThat(second.dead()).isEqualTo(1);
        assertThat(second.mean()).isEqualTo(7.5);
        assertThat(second.sd()).isNaN();
        assertThat(second.high()).isNaN();

        Summary.Row third = summary.rows().get(2);
        assertThat(third.n()).isZero();
        assertThat(third.dead()).isEqualTo(1);
        assertThat(third.mean()).isNaN();
        assertThat(third.point().get("p")).isEqualTo(0.2);

        assertThat(results(sweep).summary("spans").rows().get(0).mean()).isEqualTo(1);
        assertThatThrownBy(() -> results(sweep).summary("larges")).hasMessageContaining("did you mean 'largest'?");
        assertThatThrownBy(() -> results(sweep).summary("path")).hasMessageContaining("not a number");
    }

    @Test
    void should_group_by_cause_when_failures_are_reported() {
        FakeSweep sweep = sweep();
        sweep.causes.put(1, new Failure("E", "other", ""));
        for (int index = 100; index < 115; index++) {
            sweep.dead(index, 1);
        }
        sweep.dead(9, -1).dead(10, 0);
        var failures = FailureReport.of(sweep, SPACE, 0);
        assertThat(failures.total()).isEqualTo(18);
        assertThat(failures.groups()).hasSize(3);
        assertThat(failures.groups().get(0).cause().message()).isEqualTo("other");
        assertThat(failures.groups().get(0).count()).isEqualTo(15);
        assertThat(failures.groups().get(0).examples())
                .containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L, 108L, 109L);
        assertThat(failures.groups().get(1).examples()).containsExactly(2L, 10L);
        assertThat(failures.groups().get(2).cause().type()).isEqualTo("(cause not kept)");
        assertThat(FailureReport.of(new FakeSweep(4, 4), SPACE, 0).total()).isZero();
    }
}
