package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetCommandTest {

    private static final Instant START = Instant.parse("2026-11-26T14:00:00Z");

    /** Started long ago, resting for 75 seconds. */
    private static final WorkerStatus WORKER = new WorkerStatus(
            "node-1",
            "node",
            7,
            2,
            "resting",
            Duration.ofSeconds(75),
            START,
            "flu",
            0,
            3,
            Duration.ofMillis(1500),
            "",
            "",
            List.of());

    @Test
    void should_say_for_how_long_it_is_in_its_status_when_it_started_earlier() {
        assertThat(NetCommand.table(List.of(WORKER)).toString().lines())
                .containsExactly(
                        "worker  host  slots  status   for       job  heartbeat",
                        "node-1  node      2  resting  1:15 min  flu      1.5 s");
    }

    @Test
    void should_say_both_that_and_its_start_when_all_is_shown() {
        assertThat(NetCommand.wide(List.of(WORKER)).toString().lines())
                .first()
                .asString()
                .endsWith("since");
        assertThat(NetCommand.wide(List.of(WORKER)).toString())
                .contains("resting  1:15 min  flu")
                .endsWith(Texts.moment(START));
        assertThat(JsonText.of(NetCommand.tree(WORKER)))
                .contains("\"status\":\"resting\",\"history\":75", "\"since\":\"2026-11-26T14:00:00Z\"");
    }
}
