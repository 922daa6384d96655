package io.jobmon.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTest {

    record Pair(String a, double b) {}

    static final class Bomb {
        public int getX() {
            throw new IllegalStateException("boom");
        }
    }

    static final class Loop {
        public Loop getSelf() {
            return new Loop();
        }
    }

    @Test
    void should_sort_keys_by_code_unit_when_canonical() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("\uffff", 2);
        map.put("\ud83d\ude00", 3);
        map.put("B", List.of());
        map.put("a", null);
        assertThat(Json.canonical(map)).isEqualTo("{\"B\":[],\"a\":null,\"b\":1,\"\ud83d\ude00\":3,\"\uffff\":2}");
        assertThat(Json.text(map)).startsWith("{\"b\":1,\"\uffff\":2");
    }

    @Test
    void should_give_these_very_bytes_when_canonical() {
        Object tree = Arrays.asList(
                1,
                2L,
                (byte) 3,
                1.0,
                0.1,
                1e7,
                1e21,
                2e23,
                -0.0,
                4.9e-324,
                0.1f,
                Double.NaN,
                Float.NEGATIVE_INFINITY,
                true,
                null,
                new BigInteger("12345678901234567890"),
                new BigDecimal("1.50"),
                new int[] {1, 2},
                new double[] {0.5},
                new Object[] {"x"});
        assertThat(Json.canonical(tree))
                .isEqualTo("[1,2,3,1.0,0.1,1.0E7,1.0E21,2.0E23,-0.0,4.9E-324,0.1,\"NaN\",\"-Infinity\",true,null,"
                        + "12345678901234567890,1.5,[1,2],[0.5],[\"x\"]]");
        assertThat(Json.canonical("a\"\\\n\r\t\b\f\u0001\u007f/ü\ud83d\ude00\ud800"))
                .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\u007f/ü\ud83d\ude00\\ud800\"");
    }

    @Property
    void should_come_back_when_text_is_parsed(@ForAll String text, @ForAll double number, @ForAll long whole) {
        List<Object> list = List.of(text, number, whole, Map.of(text, text));
        assertThat(Json.parse(Json.canonical(list))).isEqualTo(list);
    }

    @Test
    void should_refuse_when_a_tree_holds_other_things() {
        assertThatThrownBy(() -> Json.canonical(List.of(new Object())))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> Json.canonical(Map.of(1, 2))).hasMessageContaining("The key 1");
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertThatThrownBy(() -> Json.canonical(self))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("contains itself");
    }

    @Test
    void should_say_where_when_it_is_no_json() {
        assertThat(Json.parse("{\"a\":[1,2.5,\"x\",12345678901234567890]}"))
                .isEqualTo(Map.of("a", List.of(1L, 2.5, "x", new BigInteger("12345678901234567890"))));
        assertThatThrownBy(() -> Json.parse("{\"a\":}"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("line 1, column 6");
        for (String bad : List.of("", "1 2", "[1", "NaN", "{\"a\":1,\"a\":2}", "1e999", "[1,]", "{'a':1}")) {
            assertThatThrownBy(() -> Json.parse(bad)).as(bad).isInstanceOf(JobMonException.class);
        }
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).isInstanceOf(JobMonException.class);
    }

    @Test
    void should_come_back_when_any_value_is_written() {
        byte[] json = Json.write(new Pair("ü\n", Double.NaN), 100, "ground");
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"ü\\n\",\"b\":\"NaN\"}");
        assertThat(Json.read(json, Pair.class, "ground")).isEqualTo(new Pair("ü\n", Double.NaN));
        assertThat(Json.tree(Map.of("d", Duration.ofSeconds(2), "s", Set.of(2, 1), "e", Thread.State.NEW), "x"))
                .isEqualTo(Map.of("d", "PT2S", "s", List.of(1L, 2L), "e", "NEW"));
        assertThat(Json.read(Json.write(Map.of("a", 1), 100, "x"), Map.class, "x"))
                .isEqualTo(Map.of("a", 1L));
        assertThatThrownBy(() -> Json.read(json, Duration.class, "ground"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("stored ground is not of type java.time.Duration");
    }

    @Test
    void should_name_size_and_limit_when_a_value_is_too_large() {
        assertThatThrownBy(() -> Json.write("x".repeat(300_110), 262_144, "ground"))
                .isInstanceOf(OutcomeException.class)
                .hasMessageContaining("ground is 300,112 bytes of JSON; the limit is 262,144");
        assertThat(Json.write("x".repeat(98), 100, "x")).hasSize(100);
        Iterable<String> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public String next() {
                return "again";
            }
        };
        assertThatThrownBy(() -> Json.write(endless, 1000, "ground"))
                .isInstanceOf(OutcomeException.class)
                .hasMessageContaining("the limit is 1,000");
    }

    @Test
    void should_name_the_culprit_when_a_value_cannot_be_written() {
        assertThatThrownBy(() -> Json.write(Map.of("k", List.of(new Bomb())), 1000, "ground"))
                .isInstanceOf(OutcomeException.class)
                .hasMessageContaining("at 'k[0].x'")
                .hasMessageContaining("boom");
        assertThatThrownBy(() -> Json.write(new Loop(), 1 << 20, "ground"))
                .isInstanceOf(OutcomeException.class)
                .hasMessageContaining("contains itself");
        assertThatThrownBy(() -> Json.write(new Object(), 1000, "ground")).isInstanceOf(OutcomeException.class);
    }
}
