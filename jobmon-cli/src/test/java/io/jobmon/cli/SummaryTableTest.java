package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.Point;
import io.jobmon.Result;
import io.jobmon.Results;
import io.jobmon.Summary;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummaryTableTest {

    private final Map<String, Summary> summaries = new HashMap<>();
    private final Map<String, JobMonException> refusals = new HashMap<>();
    private List<Map<String, Object>> outcomes = List.of();

    @BeforeEach
    void moving() {
        // While y was read, a run of x=1 and two of x=3 ended; x=4 was retried, so that its failures are gone.
        summaries.put("y", new Summary("y", List.of(row(2, 5, 1, 20), row(3, 1, 0, 30), row(4, 0, 2, Double.NaN))));
        summaries.put("z", new Summary("z", List.of(row(1, 1, 0, 100), row(2, 5, 1, 200), row(3, 3, 0, 300))));
    }

    @Test
    void should_stay_at_its_point_when_a_later_field_has_rows_of_more_points() {
        assertThat(new SummaryTable(results(), List.of("y", "z")).toString().lines())
                .containsExactly(
                        "x  runs  failed   y  +-    z  +-", //
                        "2     5       1  20   1  200   1",
                        "3     1       0  30   1  300   1");
    }

    @Test
    void should_stay_at_its_point_when_programs_read_it() {
        assertThat(JsonText.of(new SummaryTable(results(), List.of("y", "z")).tree()))
                .startsWith("[{\"params\":{\"x\":2},\"runs\":5,\"failed\":1,\"fields\":{\"y\":{\"n\":5,\"mean\":20.0,")
                .contains("\"z\":{\"n\":5,\"mean\":200.0,", "{\"params\":{\"x\":3},\"runs\":1,\"failed\":0,")
                .contains("\"z\":{\"n\":3,\"mean\":300.0,")
                .doesNotContain("{\"x\":1}", "{\"x\":4}");
    }

    @Test
    void should_leave_a_field_out_when_a_later_result_has_no_such_number() {
        List<Map<String, Object>> many = new ArrayList<>(Collections.nCopies(200, Map.of("y", 1L, "z", 2L)));
        many.add(Map.of("y", 1L, "z", "two"));
        outcomes = many;
        refusals.put("z", new JobMonException("The field 'z' holds \"two\""));

        assertThat(new SummaryTable(results(), List.of()).toString().lines())
                .first()
                .isEqualTo("x  runs  failed   y  +-");
    }

    @Test
    void should_tell_an_outage_when_a_field_is_a_number() {
        outcomes = List.of(Map.of("y", 1L, "z", 2L));
        refusals.put("z", new JobMonException("Redis is away"));

        assertThatThrownBy(() -> new SummaryTable(results(), List.of())).hasMessage("Redis is away");
    }

    @Test
    void should_hold_nothing_that_moves_the_cursor_when_parameters_do() {
        Point point = Point.of(Map.of("t\u001b[2J", "a\u001b[31m"));
        summaries.put("y", new Summary("y", List.of(new Summary.Row(point, 1, 0, 1, 0, 0, 1, 1))));

        assertThat(new SummaryTable(results(), List.of("y")).toString())
                .contains("t?[2J", "a?[31m")
                .doesNotContain("\u001b");
    }

    private static Summary.Row row(int x, long n, long dead, double mean) {
        return new Summary.Row(Point.of(Map.of("x", x)), n, dead, mean, 1, 1, mean - 1, mean + 1);
    }

    @SuppressWarnings("unchecked")
    private Results<Map<String, Object>, Map<String, Object>> results() {
        return (Results<Map<String, Object>, Map<String, Object>>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Results.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("summary")) {
                        JobMonException refusal = refusals.get(arguments[0]);
                        if (refusal != null) {
                            throw refusal;
                        }
                        return summaries.get(arguments[0]);
                    }
                    return outcomes.stream().map(SummaryTableTest::result).iterator();
                });
    }

    private static Result<?, ?> result(Map<String, Object> value) {
        return (Result<?, ?>) Proxy.newProxyInstance(
                SummaryTableTest.class.getClassLoader(),
                new Class<?>[] {Result.class},
                (proxy, method, arguments) -> value);
    }
}
