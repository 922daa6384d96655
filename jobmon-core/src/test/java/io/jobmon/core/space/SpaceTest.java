package io.jobmon.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.JobMonException;
import io.jobmon.NoParams;
import io.jobmon.ParamSpace;
import io.jobmon.Point;
import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.ParameterType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceTest {

    record PN(double p, int n) {}

    record LL(long a, long b) {}

    record Single(float x) {}

    record Exact(BigDecimal x) {}

    record Maybe(Optional<Integer> x) {}

    record Weights(double[] weights, int n) {}

    record Range(double low, double high) {
        Range {
            if (low > high) {
                throw new IllegalArgumentException("low > high");
            }
        }
    }

    interface OpenMap extends Map<String, Object> {}

    private static final Type MAP = OpenMap.class.getGenericInterfaces()[0];

    static <P> Space<P> space(ParamSpace space, Type type) {
        return Space.of(space, ParameterType.of(type, "Percolation"));
    }

    private static <P> Space<P> parse(String specification, Type type) {
        return Space.parse(specification, ParameterType.of(type, "Percolation"));
    }

    private static ParamSpace.Grid grid() {
        return ParamSpace.grid();
    }

    private static final ParamSpace GRID =
            grid().axis("p", Axis.linspace(0.50, 0.70, 21)).axis("n", 64, 128);

    @Test
    void should_bind_parameters_when_a_grid_is_posted() {
        Space<PN> space = space(GRID, PN.class);
        assertThat(space.specification())
                .isEqualTo("{\"grid\":[{\"name\":\"p\",\"range\":[\"0.5\",\"0.01\",21]},"
                        + "{\"name\":\"n\",\"values\":[64,128]}],\"v\":1}");
        assertThat(space.size()).isEqualTo(42);
        assertThat(space.names()).containsExactly("p", "n");
        assertThat(space.params(1)).isEqualTo(new PN(0.5, 128));
        assertThat(space.params(41)).isEqualTo(new PN(0.7, 128));
        assertThat(space.values(2)).containsExactly(Map.entry("p", 0.51), Map.entry("n", 64));
        assertThat(space.canonical(2)).isEqualTo("{\"n\":64,\"p\":0.51}");
        assertThat(space.point(2)).hasToString("p=0.51, n=64").isEqualTo(GRID.point(2));
        assertThat(space.indexOf("{\"n\":64,\"p\":0.51}")).isEqualTo(2);
        assertThat(space.indexOf("{\"n\":64,\"p\":0.511}")).isEqualTo(-1);
        assertThat(space.indexOf("{\"n\":65,\"p\":0.51}")).isEqualTo(-1);
        assertThat(space.indexOf("{\"n\":64}")).isEqualTo(-1);
        assertThat(space.indexOf("{\"n\":64,\"q\":0.51}")).isEqualTo(-1);
        assertThat(space.indexOf("{\"n\":\"64\",\"p\":\"0.51\"}")).isEqualTo(-1);
        assertThat(parse(space.specification(), PN.class).params(41)).isEqualTo(new PN(0.7, 128));
    }

    @Test
    void should_keep_the_order_of_the_axes_when_it_differs_from_the_record() {
        Space<PN> space = space(grid().axis("n", 1, 2).axis("p", 0.1, 0.2, 0.3), PN.class);
        assertThat(space.names()).containsExactly("n", "p");
        assertThat(space.params(3)).isEqualTo(new PN(0.1, 2));
        assertThat(space.params(2)).isEqualTo(new PN(0.3, 1));
        assertThat(space.values(3).keySet()).containsExactly("n", "p");
    }

    private static String text(ParamSpace space, Type type) {
        return space(space, type).specification();
    }

    @Test
    void should_give_one_text_when_the_content_is_the_same() {
        assertThat(text(grid().axis("p", 1, 2).axis("n", 1), PN.class))
                .isEqualTo(text(grid().axis("p", 1.0, 2.0).axis("n", 1.0), PN.class))
                .isEqualTo(text(grid().axis("p", Axis.range(1, 2, 1)).axis("n", List.of(1)), PN.class))
                .isEqualTo(text(grid().axis("p", Axis.linspace(1, 2, 2)).axis("n", new long[] {1}), PN.class))
                .isNotEqualTo(text(grid().axis("p", 2, 1).axis("n", 1), PN.class))
                .isNotEqualTo(text(grid().axis("n", 1).axis("p", 1, 2), PN.class));
        List<Double> listed = IntStream.range(0, 101).mapToObj(i -> i / 100.0).toList();
        assertThat(text(grid().axis("p", listed).axis("n", 1), PN.class))
                .isEqualTo(text(grid().axis("p", Axis.range(0, 1, 0.01)).axis("n", 1), PN.class))
                .isEqualTo(text(grid().axis("p", Axis.linspace(0, 1, 101)).axis("n", 1), PN.class))
                .contains("[\"0\",\"0.01\",101]");
        assertThat(text(grid().axis("p", Axis.range(0, 99, 1)).axis("n", Axis.range(0.0, 99.0, 1.0)), PN.class))
                .isEqualTo(text(
                        grid().axis("p", IntStream.range(0, 100).toArray()).axis("n", Axis.linspace(0, 99, 100)),
                        PN.class))
                .contains("{\"name\":\"p\",\"range\":[\"0\",\"1\",100]}", "{\"name\":\"n\",\"range\":[0,1,100]}");
        for (Axis axis : List.of(Axis.logspace(1e-3, 1, 31), Axis.linspace(0, 1, 31), Axis.linspace(3, -1, 8 * 7))) {
            Object[] values =
                    IntStream.range(0, axis.size()).mapToObj(axis::value).toArray();
            assertThat(text(grid().axis("p", values).axis("n", 1), PN.class))
                    .isEqualTo(text(grid().axis("p", axis).axis("n", 1), PN.class));
        }
        assertThat(text(ParamSpace.points(List.of(new PN(1, 2))), PN.class))
                .isEqualTo(text(ParamSpace.points(List.of(Map.of("n", 2.0, "p", 1))), PN.class))
                .isEqualTo("{\"names\":[\"p\",\"n\"],\"points\":[[1.0,2]],\"v\":1}");
    }

    @Test
    void should_list_values_when_they_follow_no_formula() {
        assertThat(text(grid().axis("a", primes()).axis("b", 1), LL.class)).contains("[2,3,5,7,");
        assertThat(text(grid().axis("p", primes()).axis("n", 1), PN.class)).contains("[2.0,3.0,5.0,7.0,");
        Object[] odd = Stream.concat(Stream.iterate(1.0, Math::nextUp).limit(20), Stream.of(7.0))
                .toArray();
        assertThat(text(grid().axis("p", odd).axis("n", 1), PN.class)).contains("[1.0,1.0000000000000002,");
        long[] wide = LongStream.concat(LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE), LongStream.range(0, 20))
                .toArray();
        assertThat(text(grid().axis("a", wide).axis("b", 1), LL.class))
                .contains("[-9223372036854775808,9223372036854775807,0,");
    }

    private static List<Integer> primes() {
        return List.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71);
    }

    @Test
    void should_stay_small_when_the_space_is_huge() {
        Space<LL> space = space(
                grid().axis("a", Axis.range(0, 999_999_999, 1)).axis("b", Axis.range(0, 999_999_999, 1)), LL.class);
        assertThat(space.size()).isEqualTo(1_000_000_000_000_000_000L);
        assertThat(space.specification()).hasSizeLessThan(200);
        assertThat(space.params(space.size() - 1)).isEqualTo(new LL(999_999_999, 999_999_999));
        assertThat(space.indexOf(space.canonical(123_456_789_012_345L))).isEqualTo(123_456_789_012_345L);
    }

    @Test
    void should_make_structures_anew_when_a_job_changes_what_it_got() {
        Space<Weights> space =
                space(grid().axis("weights", List.of(1, 2), List.of(3)).axis("n", 1), Weights.class);
        Weights first = space.params(0);
        first.weights()[0] = 99;
        assertThat(space.params(0).weights()).containsExactly(1, 2);
        assertThat(space.canonical(0)).isEqualTo("{\"n\":1,\"weights\":[1.0,2.0]}");
        assertThat(space.values(0)).containsEntry("weights", List.of(1.0, 2.0));
    }

    @Test
    void should_take_every_kind_of_parameters_when_bound() {
        assertThat(SpaceTest.<NoParams>space(grid(), NoParams.class).params(0)).isEqualTo(new NoParams());
        assertThat(space(grid(), NoParams.class).canonical(0)).isEqualTo("{}");
        assertThat(space(grid(), NoParams.class).indexOf("{}")).isZero();
        assertThat(SpaceTest.<Integer>space(grid().axis("value", 3, 4), Integer.class)
                        .params(1))
                .isEqualTo(4);
        assertThat(SpaceTest.<Integer>space(ParamSpace.points(List.of(3, 4)), Integer.class)
                        .params(1))
                .isEqualTo(4);
        assertThat(SpaceTest.<Single>space(grid().axis("x", Axis.range(0, 1, 0.05)), Single.class)
                        .params(1))
                .isEqualTo(new Single(0.05f));
        assertThat(SpaceTest.<Exact>space(grid().axis("x", Axis.range(0, 1e5, 0.1)), Exact.class)
                        .params(3))
                .isEqualTo(new Exact(new BigDecimal("0.3")));
        assertThat(SpaceTest.<Maybe>space(
                                ParamSpace.points(List.of(new Maybe(Optional.empty()), new Maybe(Optional.of(1)))),
                                Maybe.class)
                        .params(0))
                .isEqualTo(new Maybe(Optional.empty()));
        assertThat(SpaceTest.<Maybe>space(grid().axis("x", Axis.range(0, 99, 1)), Maybe.class)
                        .params(7))
                .isEqualTo(new Maybe(Optional.of(7)));
        assertThat(space(grid().axis("x", Axis.range(0, 99, 1)), Maybe.class).values(7))
                .containsEntry("x", 7L);
        Space<Map<String, Object>> map =
                space(grid().axis("😀|{:}\n", 1, 2.5, 3L).axis("b", "x"), MAP);
        assertThat(map.params(1)).isEqualTo(Map.of("😀|{:}\n", 2.5, "b", "x"));
        assertThat(map.params(0)).isEqualTo(Map.of("😀|{:}\n", 1L, "b", "x"));
        assertThat(map.canonical(0)).isEqualTo(Json.canonical(Map.of("😀|{:}\n", 1, "b", "x")));
    }

    @Test
    void should_find_big_decimals_when_they_are_computed() {
        Space<Exact> space = space(grid().axis("x", Axis.range(0, 1e5, 0.1)), Exact.class);
        assertThat(space.canonical(3)).isEqualTo("{\"x\":\"0.3\"}");
        assertThat(space.indexOf("{\"x\":\"0.3\"}")).isEqualTo(3);
        assertThat(space.indexOf("{\"x\":\"0.35\"}")).isEqualTo(-1);
        assertThat(space.indexOf("{\"x\":\"1e999999999\"}")).isEqualTo(-1);
        assertThat(space.indexOf("{\"x\":\"abc\"}")).isEqualTo(-1);
    }

    private static long[] mapped(ParamSpace mine, ParamSpace donor, Type type) {
        Space<Object> from = space(donor, type);
        Space<Object> to = space(mine, type);
        LongUnaryOperator map = to.from(from);
        long[] twice = LongStream.range(0, from.size()).map(map).toArray();
        assertThat(LongStream.range(0, from.size()).map(map).toArray()).isEqualTo(twice);
        assertThat(LongStream.range(0, from.size())
                        .map(i -> to.indexOf(from.canonical(i)))
                        .toArray())
                .isEqualTo(twice);
        return twice;
    }

    @Test
    void should_find_points_when_an_axis_was_extended() {
        ParamSpace small = grid().axis("p", 0.1, 0.2).axis("n", 1, 2);
        assertThat(mapped(grid().axis("p", 0.1, 0.2, 0.3).axis("n", 1, 2), small, PN.class))
                .containsExactly(0, 1, 2, 3);
        assertThat(mapped(grid().axis("p", 0.1, 0.2).axis("n", 1, 2, 3), small, PN.class))
                .containsExactly(0, 1, 3, 4);
        assertThat(mapped(grid().axis("n", 3, 2).axis("p", 0.3, 0.2), small, PN.class))
                .containsExactly(-1, -1, -1, 3);
        assertThat(mapped(small, small, PN.class)).containsExactly(0, 1, 2, 3);
        assertThat(mapped(grid().axis("p", Axis.linspace(0, 1, 101)).axis("n", Axis.range(0, 99, 1)), small, PN.class))
                .containsExactly(1001, 1002, 2001, 2002);
        assertThat(mapped(small, ParamSpace.points(List.of(new PN(0.2, 2), new PN(0.5, 2))), PN.class))
                .containsExactly(3, -1);
        assertThat(mapped(ParamSpace.points(List.of(new PN(0.2, 2), new PN(0.5, 2))), small, PN.class))
                .containsExactly(-1, -1, -1, 0);
        assertThat(mapped(grid().axis("a", 1), grid().axis("b", 1), MAP)).containsExactly(-1);
    }

    @Test
    void should_find_points_when_both_spaces_are_huge() {
        Space<LL> mine = space(
                grid().axis("b", Axis.range(0, 1_000_000_000, 5)).axis("a", Axis.range(-5, 1_000_000_000, 1)),
                LL.class);
        Space<LL> donor =
                space(grid().axis("a", Axis.range(0, 1_000_000, 1)).axis("b", Axis.range(0, 1_000_000, 1)), LL.class);
        LongUnaryOperator map = mine.from(donor);
        for (long i : new long[] {0, 5, 1_000_001, 999_999_999_990L}) {
            long expected = donor.params(i).b() % 5 == 0 ? mine.indexOf(donor.canonical(i)) : -1;
            assertThat(map.applyAsLong(i)).isEqualTo(expected);
        }
        assertThat(mine.params(map.applyAsLong(1_000_001))).isEqualTo(new LL(1, 0));
        assertThat(map.applyAsLong(1)).isEqualTo(-1);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusal(() -> space(null, PN.class), "space is null"),
                refusal(
                        () -> space(grid().axis("p", 1).axis("sed", 1), PN.class),
                        "Percolation has no parameter 'sed'; it has p, n"),
                refusal(() -> space(grid().axis("p", 1), PN.class), "n", "Percolation", "no values"),
                refusal(() -> space(grid(), PN.class), "p, n"),
                refusal(() -> space(grid().axis("p", 1), NoParams.class), "'p'", "none"),
                refusal(() -> space(grid().axis("p", 1).axis("n", 1.5), PN.class), "'n'", "1.5", "whole"),
                refusal(() -> space(grid().axis("p", 1).axis("n", "x"), PN.class), "'n'", "\"x\"", "number"),
                refusal(() -> space(grid().axis("p", 1).axis("n", 1L << 31), PN.class), "'n'", "range"),
                refusal(
                        () -> space(grid().axis("p", 1).axis("n", Axis.range(0, 1L << 31, 2)), PN.class),
                        "'n'",
                        "range"),
                refusal(
                        () -> space(grid().axis("p", 1).axis("n", Axis.range(0.0, 1e6, 0.5)), PN.class),
                        "'n'",
                        "whole"),
                refusal(
                        () -> space(grid().axis("p", 1).axis("n", Axis.logspace(1, 1e5, 101)), PN.class),
                        "'n'",
                        "whole"),
                refusal(
                        () -> space(grid().axis("p", (1L << 53) + 1, 1L << 53).axis("n", 1), PN.class),
                        "values 1 and 2 (9007199254740993 and 9007199254740992)",
                        "are the same"),
                refusal(
                        () -> space(
                                grid().axis("p", Axis.range(1L << 53, (1L << 53) + 100, 1))
                                        .axis("n", 1),
                                PN.class),
                        "are the same"),
                refusal(() -> space(grid().axis("x", Axis.linspace(1, 1.00001, 1000)), Single.class), "are the same"),
                refusal(
                        () -> space(grid().axis("x", Axis.linspace(0, 1, 100_000)), Single.class),
                        "100,000",
                        "a double"),
                refusal(
                        () -> space(
                                ParamSpace.points(List.of(Map.of("p", 1, "n", 1), Map.of("p", 1, "n", "a"))), PN.class),
                        "Point 2",
                        "'n'"),
                refusal(
                        () -> space(
                                ParamSpace.points(
                                        List.of(Map.of("p", 1L << 53, "n", 1), Map.of("p", (1L << 53) + 1, "n", 1))),
                                PN.class),
                        "Points 1 and 2 are the same"),
                refusal(
                        () -> space(
                                grid().axis(
                                                "value",
                                                IntStream.range(0, 200_000)
                                                        .mapToObj(i -> "value" + i)
                                                        .toList()),
                                String.class),
                        "bytes of JSON; the limit is 1,048,576"),
                refusal(() -> space(grid().axis("value", "x".repeat(70_000)), String.class), "70,0", "limit is 65,536"),
                refusal(
                        () -> space(ParamSpace.points(List.of("x".repeat(70_000), "y")), String.class),
                        "limit is 65,536"),
                refusal(
                        () -> space(grid().axis("low", 0, 2).axis("high", 1), Range.class)
                                .params(1),
                        "Range",
                        "low > high"),
                refusal(() -> space(GRID, PN.class).params(42), "no point 42", "has 42"),
                refusal(() -> space(GRID, PN.class).canonical(-1), "no point -1"));
    }

    private static Arguments refusal(ThrowingCallable call, String... words) {
        return Arguments.of(call, List.of(words));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void should_say_what_is_wrong_when_a_space_does_not_fit(ThrowingCallable call, List<String> words) {
        assertThatThrownBy(call)
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll(words.toArray(String[]::new));
    }

    @Test
    void should_take_whole_numbers_beyond_2_to_the_53_when_they_are_doubles() {
        Space<PN> space = space(
                grid().axis("p", Axis.range(1L << 60, (1L << 60) + 100 * 1024, 1024))
                        .axis("n", 1),
                PN.class);
        assertThat(space.params(3).p()).isEqualTo((1L << 60) + 3 * 1024.0);
        assertThat(space.indexOf(space.canonical(3))).isEqualTo(3);
    }

    @Test
    void should_ask_for_an_update_when_the_specification_is_newer() {
        assertThatThrownBy(() -> parse("{\"cross\":[],\"v\":2}", PN.class))
                .isInstanceOf(JobMonException.class)
                .hasMessageContainingAll("newer JobMon", "version 2", "update");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"v\":1}",
                "{\"v\":0,\"grid\":[]}",
                "{\"v\":\"1\",\"grid\":[]}",
                "{\"v\":1,\"grid\":{}}",
                "{\"v\":1,\"grid\":[],\"points\":[]}",
                "{\"v\":1,\"grid\":[1]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\"}]}",
                "{\"v\":1,\"grid\":[{\"values\":[1]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"values\":[]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"values\":[1,1.0]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"values\":[1],\"range\":[1,1,1]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[1,0,5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[9223372036854775807,1,5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[1,1,0]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[1,1,2147483648]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[1,1]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[\"0\",\"1e999999999\",5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[\"0\",\"0x1\",5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[\"0\",\"1E+308\",5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"range\":[\"0\",\"0.12345678901234567890123456789012345\",5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"linspace\":[\"1\",\"1\",5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"linspace\":[\"1\",\"1.0000000000000002\",2147483647]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"logspace\":[\"-1\",\"1\",5]}]}",
                "{\"v\":1,\"grid\":[{\"name\":\"p\",\"sobol\":[1,2,3]}]}",
                "{\"v\":1,\"points\":[],\"names\":[\"p\",\"n\"]}",
                "{\"v\":1,\"points\":[[1]],\"names\":[\"p\",\"n\"]}",
                "{\"v\":1,\"points\":[1],\"names\":[\"p\",\"n\"]}"
            })
    void should_say_that_it_is_damaged_when_a_specification_is_none(String text) {
        assertThatThrownBy(() -> parse(text, PN.class))
                .isInstanceOf(JobMonException.class)
                .hasMessageStartingWith("The stored specification of the space is damaged: ")
                .hasMessageContaining("Post the sweep again");
    }

    @Test
    void should_refuse_without_harm_when_a_specification_is_hostile() {
        String twice = "{\"grid\":[{\"name\":\"p\",\"values\":[1]},{\"name\":\"p\",\"values\":[1]}],\"v\":1}";
        assertThatThrownBy(() -> parse(twice, PN.class)).isInstanceOf(JobMonException.class);
        String nulls = "{\"grid\":[{\"name\":\"p\",\"values\":[null]},{\"name\":\"n\",\"values\":[1]}],\"v\":1}";
        assertThatThrownBy(() -> parse(nulls, PN.class)).isInstanceOf(JobMonException.class);
        String deep = "{\"grid\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"v\":1}";
        assertThatThrownBy(() -> parse(deep, PN.class)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> parse(" ".repeat(Space.MAX_SPECIFICATION + 1), PN.class))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("too long");
        String many = IntStream.range(0, 4)
                .mapToObj(i -> "{\"name\":\"" + i + "\",\"range\":[0,1,2147483647]}")
                .toList()
                .toString();
        assertThatThrownBy(() -> parse("{\"grid\":" + many + ",\"v\":1}", MAP))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("2^63 - 1");
        String name = "{\"grid\":[{\"name\":\"" + "a".repeat(129) + "\",\"values\":[1]}],\"v\":1}";
        assertThatThrownBy(() -> parse(name, MAP)).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_equal_the_canonical_form_of_a_map_when_assembled_from_parts() {
        Map<String, Object> names = new LinkedHashMap<>();
        List<String> order = new ArrayList<>(List.of("b", "a", "\uffee", "😀", "\"", "\\", "é", "aa", "A"));
        Collections.reverse(order);
        ParamSpace.Grid grid = grid();
        for (String name : order) {
            grid = grid.axis(name, name);
            names.put(name, name);
        }
        assertThat(space(grid, MAP).canonical(0)).isEqualTo(Json.canonical(names));
        assertThat(space(grid, MAP).point(0)).isEqualTo(Point.of(names));
    }
}
