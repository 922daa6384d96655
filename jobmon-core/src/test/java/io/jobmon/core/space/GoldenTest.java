package io.jobmon.core.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.NoParams;
import io.jobmon.core.codec.Json;
import io.jobmon.core.codec.ParameterType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * From specification and index to parameters, frozen for ever. The expectations were computed with other means (Python's
 * fractions and decimal). Never change a line of the file; a new version of the specification gets a file of its own.
 */
class GoldenTest {

    record PN(double p, int n) {}

    record LL(long a, long b) {}

    enum Colour {
        RED,
        GREEN
    }

    record Inner(int a, boolean b) {}

    record Mixed(Colour colour, BigInteger big, BigDecimal exact, float small, double[] weights, Inner inner) {}

    interface OpenMap extends Map<String, Object> {}

    private static final Map<String, Type> TYPES = Map.of(
            "PN", PN.class,
            "LL", LL.class,
            "MAP", OpenMap.class.getGenericInterfaces()[0],
            "TEXT", String.class,
            "COLOUR", Colour.class,
            "NONE", NoParams.class,
            "MIXED", Mixed.class);

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden-v1.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Space<Object> space(String line) {
        String[] parts = line.split("\t", 3);
        Space<Object> space =
                Space.parse(parts[2], ParameterType.of(Objects.requireNonNull(TYPES.get(parts[0])), "Golden"));
        assertThat(space.size()).isEqualTo(Long.parseLong(parts[1]));
        assertThat(space.specification()).isEqualTo(parts[2]).isEqualTo(Json.canonical(Json.parse(parts[2])));
        return space;
    }

    @TestFactory
    List<DynamicTest> should_give_the_same_parameters_for_ever_when_a_specification_is_read() {
        List<String> lines = lines();
        List<Integer> heads = IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).startsWith("\t"))
                .boxed()
                .toList();
        assertThat(heads).hasSize(22);
        return heads.stream()
                .map(head -> DynamicTest.dynamicTest(lines.get(head), () -> {
                    Space<Object> space = space(lines.get(head));
                    for (int i = head + 1; i < lines.size() && lines.get(i).startsWith("\t"); i++) {
                        String[] parts = lines.get(i).split("\t", 3);
                        check(space, Long.parseLong(parts[1]), parts[2]);
                    }
                }))
                .toList();
    }

    private static void check(Space<Object> space, long index, String canonical) {
        assertThat(space.canonical(index)).isEqualTo(canonical);
        assertThat(space.indexOf(canonical)).isEqualTo(index);
        assertThat(space.values(index).keySet()).containsExactlyElementsOf(space.names());
        if (space.params(index) instanceof PN params) {
            assertThat(Json.canonical(Map.of("p", params.p(), "n", params.n()))).isEqualTo(canonical);
        } else if (space.params(index) instanceof LL params) {
            assertThat(Json.canonical(Map.of("a", params.a(), "b", params.b()))).isEqualTo(canonical);
        } else if (space.params(index) instanceof Map<?, ?> params) {
            assertThat(Json.canonical(params)).isEqualTo(canonical);
        }
    }
}
