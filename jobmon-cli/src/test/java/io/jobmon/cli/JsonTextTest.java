package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void should_keep_order_and_types_when_a_tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", 1L);
        tree.put("a", Arrays.asList(true, null, 2.5, "x"));
        tree.put("c", Map.of("d", List.of()));

        assertThat(JsonText.of(tree)).isEqualTo("{\"b\":1,\"a\":[true,null,2.5,\"x\"],\"c\":{\"d\":[]}}");
    }

    @Test
    void should_escape_when_a_text_holds_what_json_or_a_terminal_reads() {
        assertThat(JsonText.of("a\"b\\c\n\t\r\u001b[31m\u007f\u0000"))
                .isEqualTo("\"a\\\"b\\\\c\\n\\t\\r\\u001b[31m\\u007f\\u0000\"");
        assertThat(JsonText.of("caf\u00e9 \ud83d\ude00")).isEqualTo("\"caf\u00e9 \\ud83d\\ude00\"");
    }

    @Test
    void should_be_a_text_when_json_has_no_such_number() {
        assertThat(JsonText.of(List.of(Double.NaN, Double.NEGATIVE_INFINITY))).isEqualTo("[\"NaN\",\"-Infinity\"]");
    }

    @Test
    void should_be_iso_and_seconds_when_times() {
        assertThat(JsonText.of(List.of(Instant.ofEpochMilli(1500), Duration.ofMillis(1500), Optional.empty())))
                .isEqualTo("[\"1970-01-01T00:00:01.500Z\",1.5,null]");
    }
}
