package io.jobmon.core.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Axis;
import io.jobmon.ParamSpace;
import io.jobmon.core.codec.ParameterType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SpacePropertiesTest {

    interface OpenMap extends Map<String, Object> {}

    private static final ParameterType<Map<String, Object>> MAP =
            ParameterType.of(OpenMap.class.getGenericInterfaces()[0], "Any");

    @Provide
    Arbitrary<Axis> axes() {
        Arbitrary<Double> ends = Arbitraries.doubles().between(-1e6, 1e6).ofScale(6);
        Arbitrary<Double> positive = Arbitraries.doubles().between(1e-6, 1e6).ofScale(6);
        Arbitrary<Integer> sizes = Arbitraries.integers().between(2, 100_000);
        Arbitrary<Axis> longs = Combinators.combine(
                        Arbitraries.longs().between(-(1L << 61), 1L << 61),
                        Arbitraries.longs().between(1, 1L << 40),
                        sizes)
                .as((from, step, n) -> Axis.range(from, from + step * (n - 1), step));
        Arbitrary<Axis> ranges = Combinators.combine(
                        ends, Arbitraries.integers().between(1, 9999), sizes)
                .as((from, step, n) -> Axis.range(from, from + step / 1e4 * n, step / 1e4));
        Arbitrary<Axis> linear = Combinators.combine(ends, ends, sizes)
                .filter((from, to, n) -> !from.equals(to))
                .as(Axis::linspace);
        Arbitrary<Axis> geometric = Combinators.combine(positive, positive, sizes)
                .filter((from, to, n) -> !from.equals(to))
                .as(Axis::logspace);
        Arbitrary<Axis> texts = Arbitraries.strings()
                .excludeChars(surrogates())
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(Axis::of);
        Arbitrary<Axis> numbers = Arbitraries.doubles()
                .map(value -> value + 0.0)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(Axis::of);
        return Arbitraries.oneOf(longs, ranges, linear, geometric, texts, numbers);
    }

    private static char[] surrogates() {
        char[] chars = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return chars;
    }

    @Provide
    Arbitrary<ParamSpace> grids() {
        return axes().list().ofMinSize(0).ofMaxSize(3).map(axes -> {
            ParamSpace.Grid grid = ParamSpace.grid();
            for (int i = 0; i < axes.size(); i++) {
                grid = grid.axis("axis" + i, axes.get(i));
            }
            return grid;
        });
    }

    @Property(tries = 500)
    void should_come_back_to_the_index_when_a_point_is_looked_up(
            @ForAll("grids") ParamSpace grid, @ForAll @LongRange(min = 0) long seed) {
        long index = seed % grid.size();
        Space<Map<String, Object>> space = Space.of(grid, MAP);
        assertThat(grid.indexOf(grid.point(index))).hasValue(index);
        assertThat(space.size()).isEqualTo(grid.size());
        assertThat(space.indexOf(space.canonical(index))).isEqualTo(index);
        assertThat(space.point(index)).isEqualTo(grid.point(index));
        assertThat(space.params(index)).isEqualTo(space.values(index));
        Space<Map<String, Object>> again = Space.parse(space.specification(), MAP);
        assertThat(again.canonical(index)).isEqualTo(space.canonical(index));
    }

    @Property(tries = 200)
    void should_be_sorted_and_distinct_when_computed(
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double from,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double to,
            @ForAll @IntRange(min = 2, max = 3000) int n) {
        if (Math.abs(to - from) < 1e-3) {
            return;
        }
        sorted(Axis.linspace(from, to, n), from < to);
        sorted(Axis.logspace(Math.abs(from) + 1e-9, Math.abs(from) + Math.abs(to - from), n), true);
    }

    private static void sorted(Axis axis, boolean growing) {
        for (int i = 1; i < axis.size(); i++) {
            double before = (Double) axis.value(i - 1);
            double here = (Double) axis.value(i);
            assertThat(growing ? before < here : before > here).isTrue();
        }
    }

    @Property(tries = 200)
    void should_map_as_values_do_when_one_space_extends_another(
            @ForAll("digits") Set<Integer> a,
            @ForAll("digits") Set<Integer> b,
            @ForAll("digits") Set<Integer> c,
            @ForAll("digits") Set<Integer> d,
            @ForAll boolean turned) {
        ParamSpace.Grid grid = ParamSpace.grid();
        Space<Map<String, Object>> donor = Space.of(grid.axis("x", a).axis("y", b), MAP);
        Space<Map<String, Object>> mine = Space.of(
                turned ? grid.axis("y", d).axis("x", c) : grid.axis("x", c).axis("y", d), MAP);
        LongUnaryOperator map = mine.from(donor);
        Set<Long> found = new HashSet<>();
        for (long i = 0; i < donor.size(); i++) {
            long there = map.applyAsLong(i);
            if (there >= 0) {
                assertThat(mine.params(there)).isEqualTo(donor.params(i));
                assertThat(found.add(there)).isTrue();
            }
        }
        Set<Integer> sharedX = new HashSet<>(a);
        Set<Integer> sharedY = new HashSet<>(b);
        sharedX.retainAll(c);
        sharedY.retainAll(d);
        assertThat(found).hasSize(sharedX.size() * sharedY.size());
    }

    @Provide
    Arbitrary<Set<Integer>> digits() {
        return Arbitraries.integers().between(0, 40).set().ofMinSize(1).ofMaxSize(25);
    }

    @Property(tries = 200)
    void should_be_the_product_of_its_axes_when_sized(@ForAll List<@IntRange(min = 1, max = 1000) Integer> sizes) {
        ParamSpace.Grid grid = ParamSpace.grid();
        long product = 1;
        for (int i = 0; i < Math.min(6, sizes.size()); i++) {
            grid = grid.axis("a" + i, Axis.range(1, sizes.get(i), 1));
            product *= sizes.get(i);
        }
        assertThat(grid.size()).isEqualTo(product);
    }
}
