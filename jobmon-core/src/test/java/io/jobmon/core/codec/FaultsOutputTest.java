package io.jobmon.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.CommandException;
import io.jobmon.CommandOutput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultsOutputTest {

    private static final CommandException PRINTED = new CommandException("ended", new CommandOutput(3, "out", "err"));

    private static String output(Faults.Described described) {
        byte @Nullable [] output = described.output();
        return output == null ? "none" : new String(output, StandardCharsets.UTF_8);
    }

    @Test
    void should_carry_what_was_printed_when_a_program_failed() {
        assertThat(output(Faults.describe(PRINTED))).contains("\"out\"", "\"err\"");
    }

    @Test
    void should_carry_what_was_printed_when_an_interrupt_or_a_refusal_hides_it() {
        InterruptedException interrupted = new InterruptedException();
        interrupted.addSuppressed(new IllegalStateException());
        interrupted.addSuppressed(PRINTED);
        Faults.Described timedOut = Faults.described("T", "took too long", "", false);

        assertThat(output(Faults.withPrinted(timedOut, interrupted))).contains("\"out\"", "\"err\"");
        assertThat(output(Faults.withPrinted(timedOut, null))).isEqualTo("none");
        assertThat(output(Faults.describe(new IllegalStateException()))).isEqualTo("none");
    }
}
