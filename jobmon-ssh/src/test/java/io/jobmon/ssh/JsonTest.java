package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void should_read_all_kinds_of_values() throws Json.Malformed {
        assertThat(Json.read(" {\"a\" : [1, -2.5e3, true, false, null, {}, []], \"\": \"x\\\"\\\\\\/\\n\\u00e4\"}\n"))
                .isEqualTo(Map.of(
                        "a", Arrays.asList(1L, -2500.0, true, false, null, Map.of(), List.of()), "", "x\"\\/\nä"));
        assertThat(Json.read("18446744073709551615")).isEqualTo(1.8446744073709552E19);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "\"x",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "01",
                "1.",
                "+1",
                "-",
                "tru",
                "truex",
                "nul",
                "1 2",
                "[1]]",
                "\"a\nb\"",
                "NaN",
                "'a'",
                "1\0"
            })
    void should_refuse_what_is_no_json(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(Json.Malformed.class);
    }

    @Test
    void should_refuse_when_nested_too_deeply() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).hasMessageContaining("too deep");
    }
}
