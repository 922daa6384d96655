package io.jobmon.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.NoParams;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class ParameterTypeTest {

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "gruen";
            }
        }
    }

    private record Params(double p, int n) {}

    record All(
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
            BigInteger big,
            BigDecimal dec,
            Integer boxed,
            Optional<String> maybe,
            List<Double> list,
            int[] array,
            Params nested,
            Map<String, Integer> map,
            Duration duration) {}

    record Checked(double p) {
        Checked {
            if (p > 1) {
                throw new IllegalArgumentException("p is a probability");
            }
        }
    }

    record Box<T>(T content) {}

    public static class Bean {
        private int n;
        private String name = "";

        public int getN() {
            return n;
        }

        public void setN(int n) {
            this.n = n;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public int getDerived() {
            return n * 2;
        }
    }

    private static final ParameterType<Params> PARAMS = ParameterType.of(Params.class, "Percolation");
    private static final Type MAP = new TypeReference<Map<String, Object>>() {}.getType();

    @Test
    void should_know_names_when_the_type_is_a_record_bean_map_or_scalar() {
        assertThat(PARAMS.names()).containsExactly("p", "n");
        assertThat(ParameterType.of(Bean.class, "J").names()).containsExactly("n", "name");
        assertThat(ParameterType.of(NoParams.class, "J").names()).isEmpty();
        assertThat(ParameterType.of(NoParams.class, "J").open()).isFalse();
        assertThat(ParameterType.of(MAP, "J").open()).isTrue();
        assertThat(ParameterType.of(Map.class, "J").open()).isTrue();
        for (Type type : List.of(Double.class, int.class, String.class, Color.class, BigDecimal.class, Boolean.class)) {
            assertThat(ParameterType.of(type, "J").names()).containsExactly("value");
        }
    }

    @Test
    void should_refuse_when_the_type_is_something_else() {
        for (Type type : List.of(Object.class, List.class, int[].class, Runnable.class, Duration.class, Number.class)) {
            assertThatThrownBy(() -> ParameterType.of(type, "Percolation"))
                    .as(type.getTypeName())
                    .isInstanceOf(JobMonException.class)
                    .hasMessageContaining("The parameters of Percolation are of type " + type.getTypeName());
        }
    }

    @Test
    void should_suggest_when_a_name_is_unknown_or_missing() {
        ParameterType<?> type = ParameterType.of(All.class, "Percolation");
        assertThatThrownBy(() -> type.check(List.of("boxd")))
                .hasMessageStartingWith("Percolation has no parameter 'boxd'; it has b, y, ")
                .hasMessageEndingWith("(did you mean 'boxed'?).");
        assertThatThrownBy(() -> PARAMS.check(List.of("p", "n", "zzzzzz")))
                .hasMessage("Percolation has no parameter 'zzzzzz'; it has p, n.");
        assertThatThrownBy(() -> PARAMS.check(List.of("n")))
                .hasMessageContaining("The parameter p of Percolation has no");
        assertThatThrownBy(() -> PARAMS.check(List.of()))
                .hasMessageContaining("The parameters p, n of Percolation have");
        assertThatThrownBy(() -> PARAMS.check(List.of("p", "n", "p"))).hasMessageContaining("twice");
        assertThatThrownBy(() -> ParameterType.of(NoParams.class, "J").check(List.of("p")))
                .hasMessage("J has no parameter 'p'; it has none.");
        PARAMS.check(List.of("n", "p"));
    }

    @Test
    void should_bind_in_any_order_when_values_are_converted() {
        ParameterType.Binder<Params> binder = PARAMS.binder(List.of("n", "p"));
        Object[] values = {PARAMS.convert("n", 64L), PARAMS.convert("p", 1)};
        assertThat(binder.bind(values)).isEqualTo(new Params(1.0, 64));
        assertThat(PARAMS.binder(List.of("p", "n")).bind(new Object[] {0.5, 3})).isEqualTo(new Params(0.5, 3));

        ParameterType<Bean> bean = ParameterType.of(Bean.class, "J");
        Bean bound = bean.binder(List.of("name", "n")).bind(new Object[] {"x", 7});
        assertThat(bean.parameters(bound)).isEqualTo(Map.of("n", 7, "name", "x"));

        ParameterType<Map<String, Object>> map = ParameterType.of(MAP, "J");
        assertThat(map.binder(List.of("a", "b")).bind(new Object[] {1L, "x"})).isEqualTo(Map.of("a", 1L, "b", "x"));
        assertThat(ParameterType.<NoParams>of(NoParams.class, "J")
                        .binder(List.of())
                        .bind(new Object[0]))
                .isEqualTo(new NoParams());
        assertThat(ParameterType.<Double>of(Double.class, "J")
                        .binder(List.of("value"))
                        .bind(new Object[] {2.5}))
                .isEqualTo(2.5);
    }

    @Test
    void should_take_whole_numbers_only_when_a_component_is_int() {
        for (Object three : List.of(3, 3L, 3.0, 3f, (byte) 3, BigInteger.valueOf(3), new BigDecimal("3.00"))) {
            assertThat(PARAMS.convert("n", three)).isEqualTo(3);
        }
        assertThatThrownBy(() -> PARAMS.convert("n", 3.5))
                .hasMessage(
                        "The parameter 'n' of Percolation is of type int and cannot be 3.5: it is not a whole number.");
        assertThatThrownBy(() -> PARAMS.convert("n", 1L << 40))
                .hasMessageContaining("cannot be 1099511627776: it is out of range, -2,147,483,648 to 2,147,483,647");
        for (Object bad : List.of("3", true, 1e300, new BigInteger("99999999999999999999"), Double.NaN, List.of(3))) {
            assertThatThrownBy(() -> PARAMS.convert("n", bad)).isInstanceOf(JobMonException.class);
        }
        assertThatThrownBy(() -> PARAMS.convert("n", new BigDecimal("1e1000000000")))
                .isInstanceOf(JobMonException.class);
    }

    @Test
    void should_refuse_when_a_value_is_null_nan_or_of_another_type() {
        ParameterType<?> type = ParameterType.of(All.class, "J");
        for (String name : type.names()) {
            if (!name.equals("maybe")) {
                assertThatThrownBy(() -> type.convert(name, null))
                        .as(name)
                        .hasMessageContaining("cannot be null: a parameter is never null");
            }
        }
        assertThatThrownBy(() -> type.convert("d", Double.NaN)).hasMessageContaining("a parameter is a finite number");
        assertThatThrownBy(() -> type.convert("d", Double.POSITIVE_INFINITY)).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> type.convert("d", "0.5"))
                .hasMessageContaining("cannot be \"0.5\": it is not a number");
        assertThatThrownBy(() -> type.convert("f", 1e300)).hasMessageContaining("out of range");
        assertThatThrownBy(() -> type.convert("b", 1)).hasMessageContaining("it is not true or false");
        assertThatThrownBy(() -> type.convert("t", 1)).hasMessageContaining("it is not a string");
        assertThatThrownBy(() -> type.convert("e", "RAD"))
                .hasMessageContaining("the constants are RED, GREEN (did you mean 'RED'?)");
        assertThatThrownBy(() -> type.convert("list", List.of(1.0, Double.NaN))).hasMessageContaining("finite");
        assertThatThrownBy(() -> type.convert("list", List.of("NaN"))).hasMessageContaining("finite");
        assertThatThrownBy(() -> type.convert("array", List.of(1.5))).isInstanceOf(JobMonException.class);
        assertThatThrownBy(() -> type.convert("nested", Map.of("p", 1, "q", 2))).hasMessageContaining("q");
        assertThatThrownBy(() -> type.convert("dec", "1,5")).hasMessageContaining("not a decimal number");
        assertThatThrownBy(() -> type.convert("list", "x".repeat(100_000))).isInstanceOf(JobMonException.class);
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException();
            }
        };
        for (String name : type.names()) {
            assertThatThrownBy(() -> type.convert(name, hostile)).as(name).isInstanceOf(JobMonException.class);
        }
    }

    @Test
    void should_come_back_when_the_tree_of_any_component_is_parsed() {
        ParameterType<All> type = ParameterType.of(All.class, "J");
        All all = new All(
                true,
                (byte) -1,
                (short) 300,
                1 << 30,
                Long.MIN_VALUE,
                0.1f,
                1e-7,
                'ü',
                "a\"\n\ud83d\ude00",
                Color.GREEN,
                BigInteger.TEN.pow(30),
                new BigDecimal("0.100"),
                5,
                Optional.of("x"),
                List.of(1.0, 0.1),
                new int[] {1, 2},
                new Params(0.5, 3),
                Map.of("z", 1, "a", 2),
                Duration.ofMinutes(1));
        Map<String, Object> values = type.parameters(all);
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((name, value) -> tree.put(name, type.tree(name, value)));
        String json = Json.canonical(tree);
        assertThat(json)
                .isEqualTo(
                        "{\"array\":[1,2],\"b\":true,\"big\":1000000000000000000000000000000,\"boxed\":5,\"c\":\"ü\","
                                + "\"d\":1.0E-7,\"dec\":\"0.1\",\"duration\":\"PT1M\",\"e\":\"GREEN\",\"f\":0.1,\"i\":1073741824,"
                                + "\"l\":-9223372036854775808,\"list\":[1.0,0.1],\"map\":{\"a\":2,\"z\":1},\"maybe\":\"x\","
                                + "\"nested\":{\"n\":3,\"p\":0.5},\"s\":300,\"t\":\"a\\\"\\n\ud83d\ude00\",\"y\":-1}");

        Map<?, ?> parsed = (Map<?, ?>) Json.parse(json);
        Map<String, Object> again = new LinkedHashMap<>();
        type.names().forEach(name -> again.put(name, type.tree(name, type.convert(name, parsed.get(name)))));
        assertThat(Json.canonical(again)).isEqualTo(json);
        Object[] bound = type.names().stream()
                .map(name -> type.convert(name, parsed.get(name)))
                .toArray();
        assertThat(type.binder(type.names()).bind(bound))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(all);
    }

    @Property
    void should_be_one_text_when_a_double_component_is_given_as_any_number(@ForAll int number) {
        assertThat(Json.canonical(PARAMS.tree("p", PARAMS.convert("p", number))))
                .isEqualTo(Json.canonical(PARAMS.tree("p", PARAMS.convert("p", (double) number))));
        assertThat(PARAMS.tree("n", PARAMS.convert("n", (double) number))).isEqualTo((long) number);
    }

    @Test
    void should_normalise_when_the_parameters_are_a_map() {
        ParameterType<Map<String, Object>> map = ParameterType.of(MAP, "J");
        assertThat(map.convert("a", 1)).isEqualTo(1L);
        assertThat(map.convert("a", 1.0)).isEqualTo(1.0);
        assertThat(map.convert("a", 0.1f)).isEqualTo(0.1);
        assertThat(map.convert("a", new BigDecimal("0.10"))).isEqualTo(0.1);
        assertThat(map.convert("a", Color.GREEN)).isEqualTo("GREEN");
        assertThat(map.convert("a", Arrays.asList(1, "x"))).isEqualTo(List.of(1L, "x"));
        assertThat(map.parameters(Map.of("a", 1))).isEqualTo(Map.of("a", 1L));
        assertThatThrownBy(() -> map.convert("a", Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> map.convert("a", null)).hasMessageContaining("never null");
        assertThatThrownBy(() -> map.convert("a", new Object())).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_resolve_type_variables_when_the_record_is_generic() {
        ParameterType<Box<Integer>> type = ParameterType.of(new TypeReference<Box<Integer>>() {}.getType(), "J");
        assertThat(type.convert("content", 3.0)).isEqualTo(3);
    }

    @Test
    void should_tell_the_records_own_message_when_its_constructor_refuses() {
        ParameterType.Binder<Checked> binder =
                ParameterType.<Checked>of(Checked.class, "J").binder(List.of("p"));
        assertThatThrownBy(() -> binder.bind(new Object[] {1.5}))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("[1.5] of J are refused by Checked itself")
                .hasMessageContaining("p is a probability")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_refuse_when_parameters_are_null_or_hold_null() {
        assertThatThrownBy(() -> PARAMS.parameters(null)).hasMessageContaining("parameters of Percolation are null");
        ParameterType<Bean> bean = ParameterType.of(Bean.class, "J");
        Bean empty = new Bean();
        empty.setName(null);
        assertThatThrownBy(() -> bean.parameters(empty)).hasMessageContaining("'name' of J");
    }
}
