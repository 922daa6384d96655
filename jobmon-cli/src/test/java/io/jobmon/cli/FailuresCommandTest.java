package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresCommandTest {

    @Test
    void should_say_what_to_type_when_the_programs_name_holds_a_dollar() {
        assertThat(FailuresCommand.typed("sweep.replay(12) runs one here: x=1", "Pay$1Day", "0123456789abcdef"))
                .isEqualTo("Pay$1Day replay 0123456789ab 12 runs one here: x=1");
    }
}
