package io.jobmon.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class OutcomeTypeTest {

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "gruen";
            }
        }
    }

    private record Outcome(boolean spans, double largest) {}

    record Scalars(
            boolean b,
            byte y,
            short s,
            int i,
            long l,
            float f,
            double d,
            char c,
            String t,
            Color e,
            Boolean bb,
            Long ll,
            Double dd,
            Float ff,
            Integer ii) {}

    record Position(double x, float y) {}

    record Rich(
            Position pos,
            List<Double> list,
            double[] array,
            float[] singles,
            Map<String, Double> map,
            Optional<Double> maybe,
            BigDecimal dec,
            BigInteger big,
            Duration took,
            List<Shape> shapes,
            Shape shape,
            Map<String, Object> any) {}

    sealed interface Shape permits Circle, Angular, Nothing {}

    record Circle(double r) implements Shape {}

    record Nothing() implements Shape {}

    sealed interface Angular extends Shape permits Square, Named {}

    record Square(double side, Position at) implements Angular {}

    record Named(String type) implements Angular {}

    sealed interface Twice permits Twice.A, Inner.A {
        record A() implements Twice {}
    }

    interface Inner {
        record A() implements Twice {}
    }

    sealed interface Impure permits Impure.Pure, Odd {
        record Pure() implements Impure {}
    }

    static final class Odd implements Impure {}

    interface Open {}

    record HoldsOpen(List<Open> list) {}

    record Picky(int n) {
        Picky {
            if (n < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    record Node(int v, Node next) {}

    record Holder(String name, Object content) {}

    record Hostile(int a, int b) {
        @Override
        public int b() {
            throw new IllegalStateException("b is shy");
        }
    }

    record Pair<A, B>(A a, B b) {}

    public static class Bean {
        private int n;
        private Position at = new Position(1, 2);

        public int getN() {
            return n;
        }

        public void setN(int n) {
            this.n = n;
        }

        public Position getAt() {
            return at;
        }

        public void setAt(Position at) {
            this.at = at;
        }

        public int getTwice() {
            return 2 * n;
        }
    }

    private static <R> String stored(Type type, R value) {
        OutcomeType.Writer<R> writer = OutcomeType.<R>of(type, "Job").writer();
        writer.write(value);
        return new String(writer.take(), StandardCharsets.UTF_8);
    }

    private static <R> R read(Type type, String json) {
        OutcomeType.Reader<R> reader = OutcomeType.<R>of(type, "Job").reader();
        byte[] bytes = ("xx" + json + "yy").getBytes(StandardCharsets.UTF_8);
        reader.over(bytes, 2, bytes.length - 4);
        return reader.next();
    }

    private static void roundTrip(Type type, Object value, String json) {
        assertThat(stored(type, value)).isEqualTo(json);
        assertThat(OutcomeTypeTest.<Object>read(type, json))
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .withComparatorForType(Float::compare, Float.class)
                .isEqualTo(value);
    }

    @Test
    void should_be_these_very_bytes_when_written() {
        roundTrip(Outcome.class, new Outcome(true, 0.1), "[true,0.1]");
        roundTrip(
                Scalars.class,
                new Scalars(
                        false,
                        (byte) -128,
                        (short) 32767,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        0.1f,
                        2e23,
                        'ü',
                        "a\"\\\n\u0001ü\ud83d\ude00\ud800",
                        Color.GREEN,
                        true,
                        1L,
                        -0.0,
                        1e10f,
                        null),
                "[false,-128,32767,-2147483648,-9223372036854775808,0.1,2.0E23,\"ü\","
                        + "\"a\\\"\\\\\\n\\u0001ü\ud83d\ude00\\ud800\",\"GREEN\",true,1,-0.0,1.0E10,null]");
        roundTrip(
                Scalars.class,
                new Scalars(
                        true,
                        (byte) 0,
                        (short) 0,
                        0,
                        0,
                        Float.NaN,
                        Double.NEGATIVE_INFINITY,
                        '"',
                        "NaN",
                        null,
                        null,
                        null,
                        Double.NaN,
                        Float.POSITIVE_INFINITY,
                        7),
                "[true,0,0,0,0,\"NaN\",\"-Infinity\",\"\\\"\",\"NaN\",null,null,null,\"NaN\",\"Infinity\",7]");
    }

    @Test
    void should_come_back_when_components_are_structures() {
        Map<String, Object> any = new LinkedHashMap<>();
        any.put("a", 1L);
        any.put("list", List.of(Double.NaN, "x", 0.5));
        any.put("z", null);
        Rich rich = new Rich(
                new Position(Double.NaN, 0.1f),
                List.of(1.0, Double.POSITIVE_INFINITY),
                new double[] {0.1, Double.NaN},
                new float[] {0.1f, Float.NEGATIVE_INFINITY},
                Map.of("b", 1.0, "a", Double.NaN),
                Optional.of(Double.NaN),
                new BigDecimal("12345678901234567890.123456789"),
                BigInteger.TEN.pow(30),
                Duration.ofMillis(1500),
                List.of(new Circle(1), new Square(2, new Position(0, 0)), new Nothing()),
                new Named("x"),
                any);
        roundTrip(
                Rich.class,
                rich,
                "[{\"x\":\"NaN\",\"y\":0.1},[1.0,\"Infinity\"],[0.1,\"NaN\"],[0.1,\"-Infinity\"],{\"a\":\"NaN\",\"b\":1.0},"
                        + "\"NaN\",\"12345678901234567890.123456789\",1000000000000000000000000000000,\"PT1.5S\","
                        + "[{\"@type\":\"Circle\",\"r\":1.0},{\"@type\":\"Square\",\"side\":2.0,\"at\":{\"x\":0.0,\"y\":0.0}},"
                        + "{\"@type\":\"Nothing\"}],{\"@type\":\"Named\",\"type\":\"x\"},"
                        + "{\"a\":1,\"list\":[\"NaN\",\"x\",0.5],\"z\":null}]");
        roundTrip(
                Rich.class,
                new Rich(null, null, null, null, null, Optional.empty(), null, null, null, null, null, null),
                "[null,null,null,null,null,null,null,null,null,null,null,null]");
    }

    @Test
    void should_be_a_list_of_one_when_the_outcome_is_no_record() {
        roundTrip(int.class, 3, "[3]");
        roundTrip(Double.class, Double.NaN, "[\"NaN\"]");
        roundTrip(String.class, "]\"[", "[\"]\\\"[\"]");
        roundTrip(Color.class, Color.GREEN, "[\"GREEN\"]");
        roundTrip(double[].class, new double[] {1, 2.5}, "[[1.0,2.5]]");
        roundTrip(new TypeReference<List<Integer>>() {}.getType(), List.of(1, 2), "[[1,2]]");
        roundTrip(
                new TypeReference<Map<String, Integer>>() {}.getType(), Map.of("b", 1, "a", 2), "[{\"a\":2,\"b\":1}]");
        roundTrip(Bean.class, new Bean(), "[{\"at\":{\"x\":1.0,\"y\":2.0},\"n\":0}]");
        roundTrip(
                new TypeReference<Pair<Integer, Position>>() {}.getType(),
                new Pair<>(1, new Position(1, 2)),
                "[1,{\"x\":1.0,\"y\":2.0}]");
        assertThat(OutcomeType.of(int.class, "J").components()).containsExactly("value");
    }

    @Test
    void should_carry_the_simple_name_when_the_outcome_is_sealed() {
        roundTrip(Shape.class, new Circle(2), "[\"Circle\",2.0]");
        roundTrip(Shape.class, new Nothing(), "[\"Nothing\"]");
        roundTrip(Shape.class, new Square(1, null), "[\"Square\",1.0,null]");
        assertThat(OutcomeType.of(Shape.class, "J").components()).containsExactly("@type", "r", "side", "at", "type");
        for (String bad : List.of("[\"java.lang.String\"]", "[\"Odd\"]", "[1.0]", "[]", "[\"Circle\"]")) {
            assertThatThrownBy(() -> read(Shape.class, bad)).as(bad).isInstanceOf(JobMonException.class);
        }
        assertThatThrownBy(() -> OutcomeType.of(Twice.class, "J"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("have the name A");
        assertThatThrownBy(() -> OutcomeType.of(Impure.class, "J")).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_refuse_when_a_type_could_not_be_read_back() {
        List<Type> bad = List.of(
                Object.class,
                Void.class,
                void.class,
                Runnable.class,
                Thread.class,
                Odd.class,
                Open.class,
                HoldsOpen.class);
        for (Type type : bad) {
            assertThatThrownBy(() -> OutcomeType.of(type, "Percolation"))
                    .as(type.getTypeName())
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("Percolation");
        }
        assertThatThrownBy(() -> OutcomeType.of(HoldsOpen.class, "J")).hasMessageContaining("at 'list[]'");
    }

    @Provide
    Arbitrary<Scalars> scalars() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.strings().all(),
                Arbitraries.of("ü\n\t\"\\", "\ud83d\ude00", "NaN", "\ud800x"));
        return Combinators.combine(
                        Combinators.combine(
                                        Arbitraries.of(true, false),
                                        Arbitraries.bytes(),
                                        Arbitraries.shorts(),
                                        Arbitraries.integers(),
                                        Arbitraries.longs())
                                .as((b, y, s, i, l) -> new Object[] {b, y, s, i, l}),
                        floats(),
                        doubles(),
                        Arbitraries.chars().all(),
                        text.injectNull(0.1),
                        Arbitraries.of(Color.class).injectNull(0.1),
                        doubles().injectNull(0.1),
                        floats().injectNull(0.1))
                .as((x, f, d, c, t, e, dd, ff) -> new Scalars(
                        (boolean) x[0],
                        (byte) x[1],
                        (short) x[2],
                        (int) x[3],
                        (long) x[4],
                        f,
                        d,
                        c,
                        t,
                        e,
                        (Boolean) x[0],
                        (Long) x[4],
                        dd,
                        ff,
                        (Integer) x[3]));
    }

    private static Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.longs().map(Double::longBitsToDouble).map(d -> Double.isNaN(d) ? Double.NaN : d),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE));
    }

    private static Arbitrary<Float> floats() {
        return Arbitraries.oneOf(
                Arbitraries.integers().map(Float::intBitsToFloat).map(f -> Float.isNaN(f) ? Float.NaN : f),
                Arbitraries.of(Float.NaN, Float.POSITIVE_INFINITY, -0.0f, Float.MIN_VALUE));
    }

    @Property
    void should_come_back_when_any_scalars_are_written(
            @ForAll("scalars") Scalars first, @ForAll("scalars") Scalars second) {
        OutcomeType<Scalars> type = OutcomeType.of(Scalars.class, "Job");
        OutcomeType.Writer<Scalars> writer = type.writer();
        writer.write(first);
        writer.write(second);
        byte[] bytes = writer.take();
        OutcomeType.Reader<Scalars> reader = type.reader();
        reader.over(bytes, 0, bytes.length);
        assertThat(reader.next()).isEqualTo(first);
        assertThat(reader.next()).isEqualTo(second);
        assertThatThrownBy(reader::next).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_keep_the_buffer_when_a_value_is_refused() {
        OutcomeType.Writer<Holder> writer =
                OutcomeType.<Holder>of(Holder.class, "Job").writer();
        writer.write(new Holder("ok", 1));
        int before = writer.size();
        List<Object> self = new ArrayList<>();
        self.add(self);
        Object throwing = new Hostile(1, 2);
        Map<String, Holder> bad = new LinkedHashMap<>();
        bad.put("contains itself", new Holder("x", self));
        bad.put(
                "at 'content[0].k.b': java.lang.IllegalStateException: b is shy",
                new Holder("x", List.of(Map.of("k", throwing))));
        bad.put("at 'content'", new Holder("x", new Object()));
        bad.put("the limit is 262,144", new Holder("x".repeat(10_000_000), 1));
        bad.put("is 300,011 bytes of JSON; the limit is 262,144", new Holder("name", "x".repeat(300_000)));
        bad.forEach((message, value) -> {
            assertThatThrownBy(() -> writer.write(value))
                    .isInstanceOf(OutcomeException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("The result of Job");
            assertThat(writer.size()).isEqualTo(before);
        });
        assertThatThrownBy(() -> writer.write(null))
                .isInstanceOf(OutcomeException.class)
                .hasMessage("Job returned null; return a value of type Holder.");
        writer.write(new Holder("again", 2));
        assertThat(new String(writer.take(), StandardCharsets.UTF_8)).isEqualTo("[\"ok\",1][\"again\",2]");
    }

    @Test
    void should_name_the_component_when_a_getter_throws_or_a_record_is_endless() {
        assertThatThrownBy(() -> stored(Hostile.class, new Hostile(1, 2)))
                .isInstanceOf(OutcomeException.class)
                .hasMessageContaining("at 'b'")
                .hasMessageContaining("b is shy");
        Node node = null;
        for (int i = 0; i < 5000; i++) {
            node = new Node(i, node);
        }
        Node deep = node;
        assertThatThrownBy(() -> stored(Node.class, deep))
                .isInstanceOf(OutcomeException.class)
                .hasMessageContaining("nested too deeply");
        roundTrip(Node.class, new Node(1, new Node(2, null)), "[1,{\"v\":2,\"next\":null}]");
        assertThatThrownBy(() -> stored(Shape.class, "a string"))
                .isInstanceOf(OutcomeException.class)
                .hasMessageContaining("it is a java.lang.String");
        assertThatThrownBy(() -> stored(Integer.class, "a string")).isInstanceOf(OutcomeException.class);
    }

    @Test
    void should_take_exactly_the_limit_when_a_value_is_large() {
        String most = "x".repeat(OutcomeType.LIMIT - 4);
        roundTrip(String.class, most, "[\"" + most + "\"]");
        assertThatThrownBy(() -> stored(String.class, most + "x")).hasMessageContaining("is 262,145 bytes");
        assertThatThrownBy(() -> stored(double[].class, new double[100_000])).hasMessageContaining("is 400,003 bytes");
    }

    @Test
    void should_cut_and_empty_when_the_writer_is_told_to() {
        OutcomeType.Writer<Integer> writer =
                OutcomeType.<Integer>of(Integer.class, "Job").writer();
        writer.write(1);
        int one = writer.size();
        writer.write(22);
        writer.truncate(one);
        assertThat(writer.take()).isEqualTo("[1]".getBytes(StandardCharsets.UTF_8));
        writer.write(3);
        writer.reset();
        assertThat(writer.size()).isZero();
        assertThat(writer.take()).isEmpty();
    }

    @Test
    void should_say_so_when_stored_data_do_not_fit() {
        for (String bad : List.of(
                "",
                "[",
                "[]",
                "[true]",
                "[true,0.5,1]",
                "[true,\"x\"]",
                "[1,0.5]",
                "[true,0.5",
                "{}",
                "[true,null]",
                "[null,0.5]",
                "[true,]",
                "[true,-]",
                "[tru",
                "[true,\"NaN")) {
            assertThatThrownBy(() -> read(Outcome.class, bad))
                    .as(bad)
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("A stored result of Job does not fit Outcome");
        }
        assertThatThrownBy(() -> read(Outcome.class, "[true,\"x\"]")).hasMessageContaining("at 'largest'");
        for (String bad :
                List.of("[1.5]", "[2147483648]", "[99999999999999999999]", "[1E3]", "[\"1\"]", "[--1]", "[01x]")) {
            assertThatThrownBy(() -> read(int.class, bad)).as(bad).isInstanceOf(JobMonException.class);
        }
        assertThatThrownBy(() -> read(Picky.class, "[-1]")).hasMessageContaining("negative");
        assertThatThrownBy(() -> read(String.class, "[\"\\u12\"]")).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> read(String.class, "[\"abc\\\"]")).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> read(String.class, "[null]")).hasMessageContaining("it is null");
        assertThatThrownBy(() -> read(double[].class, "[[1.0,]")).isInstanceOf(JobMonException.class);
    }

    private static <R> Map<String, String> row(Type type, R value) {
        OutcomeType<R> outcome = OutcomeType.of(type, "J");
        Map<String, String> row = new LinkedHashMap<>();
        outcome.columns().forEach(column -> row.put(column.name(), column.cell().apply(value)));
        assertThat(outcome.cells(value)).isEqualTo(row);
        return row;
    }

    @Test
    void should_flatten_when_columns_are_asked_for() {
        assertThat(row(Outcome.class, new Outcome(true, 1e7)).toString()).isEqualTo("{spans=true, largest=1.0E7}");
        Rich rich = new Rich(
                new Position(Double.NaN, 0.1f),
                List.of(1.0, Double.NaN),
                new double[] {0.1},
                null,
                Map.of("b", 1.0, "a", 2.0),
                Optional.empty(),
                new BigDecimal("1.50"),
                BigInteger.ONE,
                Duration.ofMillis(1500),
                List.of(new Circle(1)),
                new Square(2, new Position(3, 4)),
                Map.of());
        assertThat(row(Rich.class, rich).toString())
                .isEqualTo(
                        "{pos.x=NaN, pos.y=0.1, list=[1.0,\"NaN\"], array=[0.1], singles=, map={\"a\":2.0,\"b\":1.0},"
                                + " maybe=, dec=1.5, big=1, took=PT1.5S, shapes=[{\"@type\":\"Circle\",\"r\":1.0}],"
                                + " shape.@type=Square, shape.r=, shape.side=2.0, shape.at.x=3.0, shape.at.y=4.0, shape.type=,"
                                + " any={}}");
        assertThat(row(Rich.class, new Rich(null, null, null, null, null, null, null, null, null, null, null, null))
                        .values())
                .containsOnly("");
        assertThat(row(Shape.class, new Circle(1)).toString())
                .isEqualTo("{@type=Circle, r=1.0, side=, at.x=, at.y=, type=}");
        assertThat(row(Node.class, new Node(1, new Node(2, null))).toString())
                .isEqualTo("{v=1, next={\"v\":2,\"next\":null}}");
        assertThat(row(Bean.class, new Bean()).toString()).isEqualTo("{n=0, at.x=1.0, at.y=2.0}");
        assertThat(row(Color.class, Color.GREEN)).isEqualTo(Map.of("value", "GREEN"));
        assertThat(row(double[].class, new double[] {1})).isEqualTo(Map.of("value", "[1.0]"));

        OutcomeType<Map<String, Object>> map = OutcomeType.of(Map.class, "J");
        assertThat(map.open()).isTrue();
        assertThat(map.columns()).isEmpty();
        assertThat(map.cells(Map.of("b", 1L, "a", List.of(1.0), "c", "x")).toString())
                .isEqualTo("{a=[1.0], b=1, c=x}");
    }

    @Test
    void should_give_numbers_when_a_field_is_numeric() {
        OutcomeType<Outcome> outcome = OutcomeType.of(Outcome.class, "Percolation");
        assertThat(outcome.numeric("spans").applyAsDouble(new Outcome(true, 0))).isEqualTo(1);
        assertThat(outcome.numeric("largest").applyAsDouble(new Outcome(true, 2.5)))
                .isEqualTo(2.5);
        assertThatThrownBy(() -> outcome.numeric("largst"))
                .isInstanceOf(JobMonException.class)
                .hasMessage("The outcome of Percolation has no field 'largst'; it has spans, largest"
                        + " (did you mean 'largest'?).");
        OutcomeType<Rich> rich = OutcomeType.of(Rich.class, "J");
        Rich value = new Rich(
                new Position(3, 4),
                null,
                null,
                null,
                null,
                Optional.of(7.0),
                new BigDecimal("1.5"),
                null,
                null,
                null,
                new Circle(2),
                null);
        assertThat(rich.numeric("pos.x").applyAsDouble(value)).isEqualTo(3);
        assertThat(rich.numeric("maybe").applyAsDouble(value)).isEqualTo(7);
        assertThat(rich.numeric("dec").applyAsDouble(value)).isEqualTo(1.5);
        assertThat(rich.numeric("big").applyAsDouble(value)).isNaN();
        assertThat(rich.numeric("shape.r").applyAsDouble(value)).isEqualTo(2);
        assertThat(rich.numeric("shape.side").applyAsDouble(value)).isNaN();
        for (String field : List.of("list", "pos", "took", "shape.@type", "nope")) {
            assertThatThrownBy(() -> rich.numeric(field)).as(field).isInstanceOf(JobMonException.class);
        }
        assertThatThrownBy(() -> rich.numeric("list")).hasMessageContaining("is of type List, not a number");
        assertThat(OutcomeType.<Integer>of(int.class, "J").numeric("value").applyAsDouble(3))
                .isEqualTo(3);

        OutcomeType<Map<String, Object>> map = OutcomeType.of(Map.class, "J");
        Map<String, Object> data = Map.of("a", 1L, "b", Map.of("c", true), "s", "x");
        assertThat(map.numeric("a").applyAsDouble(data)).isEqualTo(1);
        assertThat(map.numeric("b.c").applyAsDouble(data)).isEqualTo(1);
        assertThatThrownBy(() -> map.numeric("s").applyAsDouble(data)).hasMessageContaining("holds \"x\"");
        assertThatThrownBy(() -> map.numeric("zz").applyAsDouble(data)).hasMessageContaining("no field 'zz'");
    }

    @Test
    void should_have_names_when_a_value_is_json() {
        assertThat(OutcomeType.<Outcome>of(Outcome.class, "J").json(new Outcome(true, Double.NaN)))
                .isEqualTo("{\"spans\":true,\"largest\":\"NaN\"}");
        assertThat(OutcomeType.<Shape>of(Shape.class, "J").json(new Circle(1)))
                .isEqualTo("{\"@type\":\"Circle\",\"r\":1.0}");
        assertThat(OutcomeType.<List<?>>of(List.class, "J").json(Arrays.asList(1, null)))
                .isEqualTo("[1,null]");
    }
}
