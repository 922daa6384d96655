package io.jobmon.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredFormTest {

    record Inner(int a) {}

    record Outcome(double mean, String text, Inner inner, List<Integer> list) {}

    record One(Map<String, Integer> counts) {}

    record Empty() {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side, boolean filled) implements Shape {}

    /** Writes a value by its type and reads it without. */
    private static Map<String, Object> read(Object value, Type type, boolean shaped) {
        OutcomeType<Object> written = OutcomeType.of(type, "Job");
        OutcomeType.Writer<Object> writer = written.writer();
        writer.write(value);
        byte[] bytes = writer.take();
        OutcomeType.Reader<Map<String, Object>> reader =
                OutcomeType.stored(shaped ? written.shape() : "", "Job").reader();
        reader.over(bytes, 0, bytes.length);
        return reader.next();
    }

    @Test
    void should_have_names_when_a_record() {
        Outcome outcome = new Outcome(0.5, "x", new Inner(3), List.of(1, 2));

        assertThat(read(outcome, Outcome.class, true))
                .containsExactly(
                        entry("mean", 0.5),
                        entry("text", "x"),
                        entry("inner", Map.of("a", 3L)),
                        entry("list", List.of(1L, 2L)));
        assertThat(read(new One(Map.of("k", 1)), One.class, true)).containsExactly(entry("counts", Map.of("k", 1L)));
        assertThat(read(new Empty(), Empty.class, true)).isEmpty();
    }

    @Test
    void should_have_the_names_of_its_kind_when_sealed() {
        assertThat(read(new Circle(2), Shape.class, true))
                .containsValues("Circle", 2.0)
                .containsKey("radius");
        assertThat(read(new Square(1, true), Shape.class, true))
                .containsValues("Square", 1.0, true)
                .containsKeys("side", "filled");
    }

    @Test
    void should_be_called_value_when_it_has_no_name() {
        assertThat(read(2.5, Double.class, true)).containsExactly(entry("value", 2.5));
        assertThat(read(Double.NaN, Double.class, true)).containsExactly(entry("value", Double.NaN));
        assertThat(read("text", String.class, true)).containsExactly(entry("value", "text"));
        assertThat(read(Map.of("a", 1), Map.class, true)).containsExactly(entry("a", 1L));
        assertThat(read(new int[] {1, 2}, int[].class, true)).containsExactly(entry("value", List.of(1L, 2L)));
    }

    @Test
    void should_number_the_values_when_the_shape_is_not_known() {
        assertThat(read(new Square(1, true), Square.class, false))
                .containsExactly(entry("value1", 1.0), entry("value2", true));
        assertThat(read(2.5, Double.class, false)).containsExactly(entry("value", 2.5));
    }
}
