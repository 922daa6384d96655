package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.CommandResult;
import io.jobmon.HostCheck.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://127.0.0.1",
                "redis://localhost:6379",
                "rediss://me:secret@127.0.0.11:6379/2",
                "redis://:secret@[::1]:6379?timeout=1s",
                "redis://:secret@[0:0:0:0:0:0:0:1]:6379",
            })
    void should_say_how_others_can_come_when_only_one_machine_can(String uri) {
        assertThat(Reach.loopback(uri).orElseThrow())
                .contains("jm spawn --listen ADDRESS")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://head:6379",
                "redis://:127.0.0.1@10.0.0.5",
                "redis://127.example.org",
                "redis://[fd00::1]:6379"
            })
    void should_say_nothing_when_others_can_come(String uri) {
        assertThat(Reach.loopback(uri)).isEmpty();
    }

    @Test
    void should_be_told_with_what_a_host_has_seen_when_it_cannot_come() {
        String seen = "Redis at 127.0.0.1:1 is out of reach from there: ConnectException Connection refused";
        CommandResult result = new CommandResult(0, "failed " + seen + "\n", "");

        assertThat(Inspection.redis(result, "redis://:secret@127.0.0.1:1"))
                .isEqualTo(new Finding(
                        false,
                        seen + "; only its own machine can reach Redis at 127.0.0.1: start it with jm spawn --listen"
                                + " ADDRESS, an address of that machine that hosts can reach"));
        assertThat(Inspection.redis(result, "redis://head:1"))
                .isEqualTo(new Finding(false, seen + "; give an address that this host can reach"));
    }
}
