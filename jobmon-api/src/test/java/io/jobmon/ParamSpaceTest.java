package io.jobmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParamSpaceTest {

    private record Params(double p, int n) {}

    private record Weights(double[] weights) {}

    public static final class Bean {

        private int width;
        private boolean closed;
        private String location = "u";

        Bean(int width, boolean closed) {
            this.width = width;
            this.closed = closed;
        }

        public boolean isClosed() {
            return closed;
        }

        public void setClosed(boolean closed) {
            this.closed = closed;
        }

        public int getWidth() {
            return width;
        }

        public void setWidth(int width) {
            this.width = width;
        }

        public String getURL() {
            return location;
        }

        public void setURL(String location) {
            this.location = location;
        }

        public int getArea() {
            return width * width;
        }
    }

    private enum Colour {
        RED,
        GREEN
    }

    private static final ParamSpace.Grid GRID =
            ParamSpace.grid().axis("p", Axis.linspace(0.50, 0.70, 21)).axis("n", 64, 128);

    @Test
    void should_run_through_the_last_axis_first_when_indexed() {
        assertThat(GRID.size()).isEqualTo(42);
        assertThat(GRID.point(0)).hasToString("p=0.5, n=64");
        assertThat(GRID.point(1)).hasToString("p=0.5, n=128");
        assertThat(GRID.point(2)).hasToString("p=0.51, n=64");
        assertThat(GRID.point(41)).hasToString("p=0.7, n=128");
        assertThat(GRID.point(41).asMap()).containsExactly(Map.entry("p", 0.7), Map.entry("n", 128));
        assertThat(GRID).hasToString("grid of 42 points: p: 0.5, 0.51, 0.52, ..., 0.7 (21 values); n: 64, 128");
    }

    @Test
    void should_find_each_point_when_asked_by_value() {
        for (long i = 0; i < GRID.size(); i++) {
            assertThat(GRID.indexOf(GRID.point(i))).hasValue(i);
        }
        assertThat(GRID.indexOf(Point.of(Map.of("n", 128.0, "p", 0.5f)))).hasValue(1);
        assertThat(GRID.indexOf(Point.of(Map.of("n", 129, "p", 0.5)))).isEmpty();
        assertThat(GRID.indexOf(Point.of(Map.of("n", 64, "p", 0.505)))).isEmpty();
        assertThat(GRID.indexOf(Point.of(Map.of("n", 64, "q", 0.5)))).isEmpty();
        assertThat(GRID.indexOf(Point.of(Map.of("n", 64)))).isEmpty();
        assertThat(GRID.indexOf(Point.of(Map.of("n", "64", "p", 0.5)))).isEmpty();
    }

    @Test
    void should_find_values_of_computed_axes_when_they_are_huge() {
        ParamSpace space = ParamSpace.grid()
                .axis("a", Axis.range(-1_000_000_000L, 1_000_000_000L, 1))
                .axis("b", Axis.linspace(0, 1, 1_000_003))
                .axis("c", Axis.logspace(1e9, 1e-9, 1000));
        assertThat(space.size()).isEqualTo(2_000_000_001L * 1_000_003L * 1000L);
        for (long i = 7; i < space.size() && i > 0; i = i * 3 + 1) {
            assertThat(space.indexOf(space.point(i))).hasValue(i);
        }
        assertThat(space.indexOf(space.point(space.size() - 1))).hasValue(space.size() - 1);
        assertThat(space.indexOf(Point.of(Map.of("a", 1_000_000_001L, "b", 0, "c", 1e9))))
                .isEmpty();
        assertThat(space.indexOf(Point.of(Map.of("a", 0.5, "b", 0, "c", 1e9)))).isEmpty();
        assertThat(space.indexOf(Point.of(Map.of("a", 0, "b", 0, "c", 0)))).isEmpty();
        assertThat(space.indexOf(Point.of(Map.of("a", 0, "b", 0, "c", -1)))).isEmpty();
        assertThat(space.indexOf(Point.of(Map.of("a", 0, "b", 0, "c", 1e9)))).isPresent();
    }

    @Test
    void should_find_the_ends_of_longs_when_asked() {
        ParamSpace space = ParamSpace.grid().axis("a", Axis.range(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 5));
        for (long i = 0; i < space.size(); i++) {
            assertThat(space.indexOf(space.point(i))).hasValue(i);
        }
        assertThat(space.indexOf(Point.of(Map.of("a", -0x1p63)))).hasValue(0);
        assertThat(space.indexOf(Point.of(Map.of("a", 0x1p63)))).isEmpty();
        assertThat(space.indexOf(Point.of(Map.of("a", Long.MAX_VALUE)))).isEmpty();
    }

    @Test
    void should_leave_the_smaller_grid_alone_when_an_axis_is_added() {
        ParamSpace.Grid one = ParamSpace.grid().axis("a", 1, 2);
        ParamSpace.Grid two = one.axis("b", List.of(1, 2, 3));
        assertThat(one.size()).isEqualTo(2);
        assertThat(two.size()).isEqualTo(6);
    }

    @Test
    void should_have_one_point_when_the_grid_has_no_axes() {
        ParamSpace none = ParamSpace.grid();
        assertThat(none.size()).isEqualTo(1);
        assertThat(none.point(0).asMap()).isEmpty();
        assertThat(none.indexOf(none.point(0))).hasValue(0);
        assertThat(none.indexOf(GRID.point(0))).isEmpty();
    }

    @Test
    void should_be_exact_when_the_grid_has_nearly_2_to_the_63_points() {
        // 2^63 - 1 = 7^2 * 73 * 127 * 337 * 92737 * 649657
        ParamSpace.Grid grid = ParamSpace.grid()
                .axis("a", Axis.range(1, 49 * 73, 1))
                .axis("b", Axis.range(1, 127 * 337, 1))
                .axis("c", Axis.range(1, 92737, 1))
                .axis("d", Axis.range(1, 649657, 1));
        assertThat(grid.size()).isEqualTo(Long.MAX_VALUE);
        assertThat(grid.indexOf(grid.point(Long.MAX_VALUE - 1))).hasValue(Long.MAX_VALUE - 1);
        assertThatThrownBy(() -> grid.axis("e", 1, 2))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll("2^63 - 1", "'d' (649,657)", "'e' (2)", "fewer");
        assertThatThrownBy(() -> ParamSpace.grid()
                        .axis("x", Axis.range(0, (1L << 31) - 2, 1))
                        .axis("y", Axis.range(0, (1L << 31) - 2, 1))
                        .axis("z", Axis.range(0, 7, 1)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("2^63 - 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", ":", "{}", "\n", "😀", " ", "a|b:{c}\t\"", "\u0000"})
    void should_just_work_when_a_name_is_odd(String name) {
        ParamSpace.Grid grid = ParamSpace.grid().axis(name, 1, 2).axis(name + name, 3);
        assertThat(grid.point(1).get(name)).isEqualTo(2);
        assertThat(grid.indexOf(grid.point(1))).hasValue(1);
    }

    @Test
    void should_count_characters_when_a_name_is_long() {
        assertThat(ParamSpace.grid().axis("😀".repeat(128), 1).size()).isEqualTo(1);
    }

    @Test
    void should_copy_points_when_they_are_listed() {
        Map<String, Object> row = new LinkedHashMap<>(Map.of("x", 1));
        Bean bean = new Bean(3, true);
        ParamSpace maps = ParamSpace.points(List.of(row));
        ParamSpace beans = ParamSpace.points(List.of(bean));
        row.put("x", 2);
        bean.setWidth(5);
        assertThat(maps.point(0)).hasToString("x=1");
        assertThat(beans.point(0).asMap())
                .containsExactly(Map.entry("width", 3), Map.entry("closed", true), Map.entry("URL", "u"));
    }

    @Test
    void should_take_points_apart_when_they_are_of_any_kind() {
        ParamSpace records = ParamSpace.points(List.of(new Params(0.5, 64), new Params(0.5, 128)));
        assertThat(records.size()).isEqualTo(2);
        assertThat(records.point(1)).hasToString("p=0.5, n=128");
        assertThat(records.indexOf(Point.of(Map.of("n", 128, "p", 0.5)))).hasValue(1);
        assertThat(records.indexOf(Point.of(Map.of("n", 129, "p", 0.5)))).isEmpty();
        assertThat(records.indexOf(Point.of(Map.of("m", 128, "p", 0.5)))).isEmpty();
        assertThat(records).hasToString("2 listed points of [p, n]");
        assertThat(ParamSpace.points(List.of(3, 1, 2)).point(0)).hasToString("value=3");
        assertThat(ParamSpace.points(List.of("a", "b")).point(1).get("value")).isEqualTo("b");
        assertThat(ParamSpace.points(List.of(Colour.RED, Colour.GREEN)).point(1).getString("value"))
                .isEqualTo("GREEN");
        assertThat(ParamSpace.points(List.of(new Weights(new double[] {1, 2})))
                        .point(0)
                        .get("weights"))
                .isEqualTo(List.of(1.0, 2.0));
        assertThat(ParamSpace.points(List.of(new NoParams())).point(0).asMap()).isEmpty();
        assertThat(ParamSpace.points(List.of(GRID.point(7))).point(0)).isEqualTo(GRID.point(7));
    }

    @Test
    void should_sort_names_when_a_map_has_no_order_of_its_own() {
        Map<String, Object> hashed = new HashMap<>();
        Map<String, Object> linked = new LinkedHashMap<>();
        for (String name : List.of("zeta", "alpha", "mid", "x1", "b")) {
            hashed.put(name, 1);
            linked.put(name, 1);
        }
        assertThat(ParamSpace.points(List.of(hashed)).point(0).asMap().keySet())
                .containsExactly("alpha", "b", "mid", "x1", "zeta");
        assertThat(ParamSpace.points(List.of(linked)).point(0).asMap().keySet())
                .containsExactly("zeta", "alpha", "mid", "x1", "b");
        assertThat(ParamSpace.points(List.of(linked, changed(hashed))).point(1).asMap())
                .containsEntry("b", 2);
    }

    private static Map<String, Object> changed(Map<String, Object> map) {
        Map<String, Object> changed = new TreeMap<>(map);
        changed.put("b", 2);
        return changed;
    }

    static Stream<Arguments> refused() {
        ParamSpace.Grid grid = ParamSpace.grid();
        return Stream.of(
                refusal(() -> grid.axis("", 1), "name", "empty"),
                refusal(() -> grid.axis(null, 1), "name", "empty"),
                refusal(() -> grid.axis("a".repeat(129), 1), "129 characters", "128"),
                refusal(() -> grid.axis("a".repeat(300), Axis.of(1)), "300 characters", "128"),
                refusal(() -> grid.axis("\udc00", 1), "surrogate"),
                refusal(() -> GRID.axis("n", 1), "'n' is there already"),
                refusal(() -> grid.axis("n", (Axis) null), "'n' is null"),
                refusal(() -> grid.axis("n"), "Axis 'n'", "no values"),
                refusal(() -> grid.axis("n", 1, Double.NaN), "Axis 'n'", "NaN"),
                refusal(() -> grid.axis("n", 1, "a"), "Axis 'n'", "different kinds"),
                refusal(() -> GRID.point(-1), "no point -1", "has 42"),
                refusal(() -> GRID.point(42), "no point 42"),
                refusal(() -> ParamSpace.points(null), "null"),
                refusal(() -> ParamSpace.points(List.of()), "no points"),
                refusal(() -> ParamSpace.points(Arrays.asList(1, null)), "Point 2 is null"),
                refusal(() -> ParamSpace.points(List.of(1, 2, 1.0)), "Points 1 and 3 are the same", "replicates"),
                refusal(
                        () -> ParamSpace.points(List.of(new Params(1, 2), new Params(1, 2))),
                        "Points 1 and 2 are the same (p=1.0, n=2)"),
                refusal(() -> ParamSpace.points(List.of(new Params(Double.NaN, 2))), "Point 1: 'p' is NaN"),
                refusal(
                        () -> ParamSpace.points(List.of(Map.of("a", 1), Map.of("b", 1))),
                        "Point 2 has the parameters [b]",
                        "[a]"),
                refusal(() -> ParamSpace.points(List.of(Map.of("a", 1), Map.of("a", 2, "b", 1))), "Point 2"),
                refusal(() -> ParamSpace.points(List.of(Map.of("a", 1, "b", 1), Map.of("a", 2))), "Point 2"),
                refusal(() -> ParamSpace.points(List.of(Map.of("", 1))), "name", "empty"),
                refusal(() -> ParamSpace.points(List.of(Map.of(1, 1))), "key 1"),
                refusal(() -> ParamSpace.points(List.of(new Object())), "java.lang.Object", "use records"),
                refusal(() -> ParamSpace.points(List.of(List.of(1))), "use records"),
                refusal(() -> ParamSpace.points(List.of(1, 2)).point(2), "no point 2"));
    }

    private static Arguments refusal(ThrowingCallable call, String... words) {
        return Arguments.of(call, List.of(words));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void should_say_what_is_wrong_when_a_space_is_refused(ThrowingCallable call, List<String> words) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(JobMonException.class)
                .hasMessageContainingAll(words.toArray(String[]::new));
    }

    @Test
    void should_end_when_listed_points_do_not() {
        Iterable<Integer> endless = () -> Stream.iterate(0, i -> i + 1).iterator();
        Iterable<Integer> shorter =
                () -> Stream.iterate(0, i -> i + 1).limit(1000).iterator();
        assertThat(ParamSpace.points(shorter).indexOf(Point.of(Map.of("value", 999))))
                .isEqualTo(OptionalLong.of(999));
        assertThatThrownBy(() -> ParamSpace.points(endless))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("more than 1,000,000");
    }

    @Test
    void should_read_values_when_a_point_is_asked() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("half", 0.5);
        values.put("three", 3.0);
        values.put("many", Long.MAX_VALUE);
        values.put("text", "abc");
        values.put("colour", Colour.RED);
        Point point = Point.of(values);
        assertThat(point.getDouble("half")).isEqualTo(0.5);
        assertThat(point.getDouble("three")).isEqualTo(3.0);
        assertThat(point.getLong("three")).isEqualTo(3);
        assertThat(point.getLong("many")).isEqualTo(Long.MAX_VALUE);
        assertThat(point.getString("text")).isEqualTo("abc");
        assertThat(point.getString("half")).isEqualTo("0.5");
        assertThat(point.get("colour")).isEqualTo(Colour.RED);
        assertThat(point).hasToString("half=0.5, three=3.0, many=9223372036854775807, text=abc, colour=RED");
        assertThatThrownBy(() -> point.get("other"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll("'other'", "half, three, many, text, colour");
        assertThatThrownBy(() -> point.getDouble("text"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll("'text' is 'abc', not a number");
        assertThatThrownBy(() -> point.getLong("half"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll("'half' is 0.5, not a whole number");
        assertThatThrownBy(() -> point.asMap().put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void should_be_equal_when_names_and_values_are() {
        Point a = Point.of(new TreeMap<>(Map.of("p", 0.5, "n", 1)));
        Point b = Point.of(new LinkedHashMap<>(Map.of("n", 1.0, "p", 0.5f)));
        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
        assertThat(a).isNotEqualTo(Point.of(Map.of("p", 0.5, "n", 2)));
        assertThat(a).isNotEqualTo(Point.of(Map.of("p", 0.5)));
        assertThat(new ArrayList<>(List.of(a))).contains(b);
    }
}
