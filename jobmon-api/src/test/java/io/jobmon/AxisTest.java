package io.jobmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AxisTest {

    private enum Colour {
        RED,
        GREEN
    }

    private enum Shape {
        ROUND
    }

    private record Pair(int a, double b) {}

    private static List<Object> values(Axis axis) {
        return IntStream.range(0, axis.size()).mapToObj(axis::value).toList();
    }

    @Test
    void should_give_a_tenth_times_three_as_0_3_when_stepping_in_decimal() {
        assertThat(values(Axis.range(0, 1, 0.1)))
                .containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
    }

    @Test
    void should_lie_in_the_finer_grid_when_a_linspace_is_refined() {
        assertThat(values(Axis.linspace(0, 1, 31))).containsAll(values(Axis.linspace(0, 1, 11)));
        assertThat(values(Axis.linspace(-0.7, 1e-3, 91))).containsAll(values(Axis.linspace(-0.7, 1e-3, 31)));
        assertThat(values(Axis.logspace(1, 100, 9))).containsAll(values(Axis.logspace(1, 100, 5)));
    }

    @Test
    void should_be_a_range_when_a_linspace_steps_by_the_same_decimal() {
        assertThat(values(Axis.linspace(0.50, 0.70, 21))).isEqualTo(values(Axis.range(0.50, 0.70, 0.01)));
    }

    @Test
    void should_be_exact_at_both_ends_when_the_bounds_are_odd() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double from = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            double to = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            if (!Double.isFinite(from) || !Double.isFinite(to)) {
                continue;
            }
            int n = 3 + random.nextInt(50);
            Axis linear = Axis.linspace(-from, to, n);
            assertThat(List.of(linear.value(0), linear.value(n - 1))).containsExactly(-from, to);
            Axis geometric = Axis.logspace(from, to, n);
            assertThat(List.of(geometric.value(0), geometric.value(n - 1))).containsExactly(from, to);
        }
    }

    @Test
    void should_give_whole_decades_when_spacing_is_geometric() {
        assertThat(values(Axis.logspace(1e-3, 1, 4))).containsExactly(0.001, 0.01, 0.1, 1.0);
        assertThat(values(Axis.logspace(1, 1e-3, 4))).containsExactly(1.0, 0.1, 0.01, 0.001);
        assertThat(values(Axis.logspace(1e-300, 1e300, 7)))
                .containsExactly(1e-300, 1e-200, 1e-100, 1.0, 1e100, 1e200, 1e300);
        assertThat(values(Axis.logspace(1, 1024, 11)))
                .containsExactly(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0);
        assertThat(values(Axis.logspace(1, 2, 2))).containsExactly(1.0, 2.0);
    }

    @Test
    void should_keep_whole_numbers_whole_when_the_range_is_of_longs() {
        assertThat(values(Axis.range(1, 10, 3))).containsExactly(1L, 4L, 7L, 10L);
        assertThat(values(Axis.range(1, 9, 3))).containsExactly(1L, 4L, 7L);
        assertThat(values(Axis.range(5, -5, -5))).containsExactly(5L, 0L, -5L);
        assertThat(values(Axis.range(7, 7, -3))).containsExactly(7L);
        assertThat(values(Axis.range(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)))
                .containsExactly(Long.MIN_VALUE, -1L, Long.MAX_VALUE - 1);
        assertThat(values(Axis.range(1.0, 0.0, -0.5))).containsExactly(1.0, 0.5, 0.0);
    }

    @Test
    void should_cost_nothing_when_the_range_is_huge() {
        Axis axis = Axis.range(0, Integer.MAX_VALUE - 1L, 1);
        assertThat(axis.size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(axis.value(Integer.MAX_VALUE - 1)).isEqualTo(Integer.MAX_VALUE - 1L);
        assertThat(Axis.logspace(1, 100, 2_000_000_001).value(1_000_000_000)).isEqualTo(10.0);
        assertThat(Axis.linspace(0, 1, 2_000_000_001).value(600_000_000)).isEqualTo(0.3);
    }

    @Test
    void should_take_elements_when_one_array_or_iterable_is_listed() {
        assertThat(values(Axis.of(64, 128))).containsExactly(64, 128);
        assertThat(values(Axis.of(new int[] {64, 128}))).containsExactly(64, 128);
        assertThat(values(Axis.of((Object) new double[] {0.5}))).containsExactly(0.5);
        assertThat(values(Axis.of((Object[]) new Integer[] {1, 2}))).containsExactly(1, 2);
        assertThat(values(Axis.of(List.of("a", "b")))).containsExactly("a", "b");
        assertThat(values(Axis.of(List.of(1, 2), List.of(3)))).containsExactly(List.of(1, 2), List.of(3));
        assertThat(values(Axis.of(new int[] {1, 2}, new int[] {3}))).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void should_keep_values_as_they_are_when_listed() {
        assertThat(values(Axis.of(1, 2.5, 3L, BigInteger.TEN, new BigDecimal("0.1"))))
                .containsExactly(1, 2.5, 3L, BigInteger.TEN, new BigDecimal("0.1"));
        assertThat(values(Axis.of(true, false))).containsExactly(true, false);
        assertThat(values(Axis.of(Colour.GREEN, Colour.RED))).containsExactly(Colour.GREEN, Colour.RED);
        assertThat(values(Axis.of('x', 'y'))).containsExactly('x', 'y');
        assertThat(values(Axis.of("", "\n", "😀|{:}"))).containsExactly("", "\n", "😀|{:}");
        assertThat(values(Axis.of(new Pair(1, 2), new Pair(1, 3)))).containsExactly(new Pair(1, 2), new Pair(1, 3));
        assertThat(values(Axis.of(Map.of("a", 1), Map.of("a", 2)))).containsExactly(Map.of("a", 1), Map.of("a", 2));
        assertThat(values(Axis.of(-0.0)).get(0)).isEqualTo(0.0);
    }

    @Test
    void should_copy_when_listed_values_change_later() {
        List<Integer> inner = new ArrayList<>(List.of(1));
        List<List<Integer>> outer = new ArrayList<>(List.of(inner, List.of(2)));
        Axis axis = Axis.of(outer);
        inner.add(9);
        outer.clear();
        assertThat(values(axis)).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void should_be_readable_when_printed() {
        assertThat(Axis.of(64, 128)).hasToString("64, 128");
        assertThat(Axis.range(0, 1, 0.1)).hasToString("0.0, 0.1, 0.2, ..., 1.0 (11 values)");
    }

    static Stream<Arguments> refused() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        return Stream.of(
                refusal(() -> Axis.of(), "no values", "at least one"),
                refusal(() -> Axis.of(List.of()), "no values", "at least one"),
                refusal(() -> Axis.of((Object[]) null), "null", "at least one"),
                refusal(() -> Axis.of(1, null), "Value 2 is null"),
                refusal(() -> Axis.of(Arrays.asList(1, null)), "Value 2 is null"),
                refusal(() -> Axis.of(1.0, Double.NaN), "Value 2 is NaN", "finite"),
                refusal(() -> Axis.of(Float.NEGATIVE_INFINITY), "Value 1 is -Infinity", "finite"),
                refusal(() -> Axis.of(List.of(List.of(1, Double.NaN), List.of(2))), "element of Value 1 is NaN"),
                refusal(() -> Axis.of(1, 2, 1), "Values 1 and 3 are the same", "replicates"),
                refusal(() -> Axis.of(1, 1.0), "Values 1 and 2 are the same, 1 and 1.0"),
                refusal(() -> Axis.of(0.0, -0.0), "same"),
                refusal(() -> Axis.of(0.1, 0.1f), "same"),
                refusal(() -> Axis.of(0.1, new BigDecimal("0.10")), "same"),
                refusal(() -> Axis.of(1L << 60, 0x1p60), "same"),
                refusal(() -> Axis.of(BigInteger.TWO.pow(80), 0x1p80), "same"),
                refusal(() -> Axis.of("a", "a"), "same", "'a'"),
                refusal(() -> Axis.of(List.of(1), List.of(1.0)), "same"),
                refusal(() -> Axis.of(1, "1"), "different kinds", "'1', is a string"),
                refusal(() -> Axis.of(1, true), "different kinds", "boolean"),
                refusal(() -> Axis.of(Colour.RED, Shape.ROUND), "different kinds", "Colour", "Shape"),
                refusal(() -> Axis.of(new Object()), "java.lang.Object", "use numbers"),
                refusal(() -> Axis.of(new AtomicInteger(1)), "AtomicInteger", "use numbers"),
                refusal(() -> Axis.of(Axis.of(1)), "io.jobmon.Axis", "use numbers"),
                refusal(() -> Axis.of(IntStream.range(0, 3)), "use numbers"),
                refusal(() -> Axis.of(Map.of(1, 2)), "key 1", "strings"),
                refusal(() -> Axis.of("\ud83d", "b"), "surrogate"),
                refusal(() -> Axis.of(Map.of("a", circle)), "circle"),
                refusal(
                        () -> Axis.of((Iterable<Integer>)
                                () -> Stream.iterate(0, i -> i + 1).iterator()),
                        "1,000,000",
                        "range"),
                refusal(() -> Axis.range(0, 1, 0), "step of a range is 0"),
                refusal(() -> Axis.range(0.0, 1.0, 0.0), "step of a range is 0"),
                refusal(() -> Axis.range(0, 10, -1), "away from 10", "sign"),
                refusal(() -> Axis.range(1.0, 0.0, 0.1), "away from 0.0", "sign"),
                refusal(() -> Axis.range(0, Integer.MAX_VALUE, 1), "more than 2,147,483,647 values"),
                refusal(() -> Axis.range(Long.MIN_VALUE, Long.MAX_VALUE, 1), "more than 2,147,483,647 values"),
                refusal(() -> Axis.range(0, 1e300, 1e-300), "more than 2,147,483,647 values"),
                refusal(() -> Axis.range(0, Double.NaN, 1), "'to' is NaN"),
                refusal(() -> Axis.range(Double.NEGATIVE_INFINITY, 0, 1), "'from' is -Infinity"),
                refusal(() -> Axis.range(0, 1, Double.POSITIVE_INFINITY), "'step' is Infinity"),
                refusal(() -> Axis.range(1e16, 1e16 + 10, 1.0), "same double"),
                refusal(() -> Axis.linspace(0, 1, 0), "is 0", "at least 1"),
                refusal(() -> Axis.linspace(0, 1, -5), "is -5"),
                refusal(() -> Axis.linspace(0, 1, 1), "both 0.0 and 1.0"),
                refusal(() -> Axis.linspace(2, 2, 3), "All 3 values would be 2.0"),
                refusal(() -> Axis.linspace(Double.NaN, 2, 3), "'from' is NaN"),
                refusal(() -> Axis.linspace(1, Math.nextUp(1.0), 3), "same double"),
                refusal(() -> Axis.linspace(1, 1 + 1e-10, 100_000_000), "closer together"),
                refusal(() -> Axis.linspace(0, Double.MIN_VALUE, 3), "same double"),
                refusal(() -> Axis.logspace(0, 1, 3), "above 0", "exponents"),
                refusal(() -> Axis.logspace(-3, 0, 4), "above 0", "exponents"),
                refusal(() -> Axis.logspace(1, 10, 0), "at least 1"),
                refusal(() -> Axis.logspace(1, 10, 1), "both 1.0 and 10.0"),
                refusal(() -> Axis.logspace(1, Double.POSITIVE_INFINITY, 4), "'to' is Infinity"),
                refusal(() -> Axis.logspace(1, 1 + 1e-10, 100_000_000), "closer together"),
                refusal(() -> Axis.logspace(1, 1 + 1e-15, 20), "same double"),
                refusal(() -> Axis.of(1, 2).value(2), "no value 2", "has 2"),
                refusal(() -> Axis.of(1, 2).value(-1), "no value -1"));
    }

    private static Arguments refusal(ThrowingCallable call, String... words) {
        return Arguments.of(call, List.of(words));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void should_say_what_is_wrong_when_an_axis_is_refused(ThrowingCallable call, List<String> words) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(JobMonException.class)
                .hasMessageContainingAll(words.toArray(String[]::new));
    }

    @Test
    void should_take_one_value_when_both_ends_are_the_same() {
        assertThat(values(Axis.linspace(2, 2, 1))).containsExactly(2.0);
        assertThat(values(Axis.logspace(2, 2, 1))).containsExactly(2.0);
        assertThat(values(Axis.range(2.5, 2.5, 1.0))).containsExactly(2.5);
        assertThat(values(Axis.linspace(1, Math.nextUp(1.0), 2))).containsExactly(1.0, Math.nextUp(1.0));
        assertThat(values(Axis.of(Collections.singleton(1)))).containsExactly(1);
    }
}
