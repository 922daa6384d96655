package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2 failed for good, see sweep.failures()|2 failed for good, see jm failures",
                "; look at sweep.failures(), then call sweep.retryFailed(), or|; see jm failures, then use jm retry,"
                        + " or",
                "Look at sweep.failures(). To go on, call sweep.retryFailed()|See jm failures. To go on, use jm retry",
                "a higher limit or with keepGoing().|a higher limit or with --keep-going.",
                "To cancel it: jobmon.attach(\"00ff\", job).cancel()|To cancel it: jm cancel 00ff",
                "Take one by at(\"y\", 3), or a line each by series(\"y\").|Take one by --at y=3, or a line each by"
                        + " --series y.",
                "leave logX() or logY() out|leave --log-x or --log-y out",
                "Redis is away|Redis is away",
            })
    void should_say_what_to_type_when_the_engine_names_a_method(String message, String typed) {
        assertThat(Wording.typed(message, "jm")).isEqualTo(typed);
    }

    @Test
    void should_name_the_program_when_its_name_holds_a_dollar() {
        assertThat(Wording.typed("To go on, call sweep.retryFailed()", "Pay$1")).isEqualTo("To go on, use Pay$1 retry");
        assertThat(Wording.typed("jobmon.attach(\"00ff\", job).cancel()", "Pay$1"))
                .isEqualTo("Pay$1 cancel 00ff");
    }
}
