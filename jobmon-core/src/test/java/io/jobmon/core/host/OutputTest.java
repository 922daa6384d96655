package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandOutput;
import io.jobmon.JobMonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {

    private static CommandOutput printed(String text) {
        return new CommandOutput(0, text, "");
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 0.25",
        "' -3\n', -3",
        "+.5e-3, 0.0005",
        "1., 1",
        "6E2, 600",
        "nan, NaN",
        "-inf, -Infinity",
        "Inf, Infinity"
    })
    void should_read_numbers_when_printed_as_languages_do(String text, double value) {
        assertThat(Double.valueOf(Output.number(printed(text)))).isEqualTo(Double.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "1d", "0x1p3", "1,5", "x", "{}"})
    void should_say_what_was_printed_when_it_is_no_number(String text) {
        assertThatThrownBy(() -> Output.number(printed(text)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("'" + text + "', which is not one number");
        assertThatThrownBy(() -> Output.number(printed("\n"))).hasMessageContaining("printed nothing");
    }

    @Test
    void should_take_off_the_last_line_break_alone_when_it_is_text() {
        assertThat(Output.text(printed("a\nb\n"))).isEqualTo("a\nb");
        assertThat(Output.text(printed("a\r\n"))).isEqualTo("a");
        assertThat(Output.text(printed("a\n\n"))).isEqualTo("a\n");
        assertThat(Output.text(printed(" a"))).isEqualTo(" a");
        assertThat(Output.text(printed(""))).isEmpty();
    }
}
