package io.jobmon.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.SyncProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SyncBarTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final SyncBar bar = new SyncBar(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private void told(int done, long moved, int seconds, boolean ended) {
        bar.accept(new SyncProgress(3, done, 40_000_000, moved, Duration.ofSeconds(seconds), ended));
    }

    private String drawn() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void should_draw_megabytes_and_hosts_when_a_sync_takes_long() {
        told(0, 0, 0, false);
        told(0, 10_000_000, 2, false);
        told(3, 40_000_000, 5, false);
        told(3, 40_000_000, 5, true);

        assertThat(drawn())
                .contains("jobmon sync", "100%", "40/40 MB", "3 of 3 hosts")
                .endsWith(System.lineSeparator());
    }

    @Test
    void should_draw_nothing_when_a_sync_ends_at_once_or_moves_nothing() {
        told(0, 10_000_000, 0, false);
        told(3, 40_000_000, 0, true);
        bar.accept(new SyncProgress(3, 0, 0, 0, Duration.ofSeconds(9), false));
        bar.accept(new SyncProgress(3, 3, 0, 0, Duration.ofSeconds(9), true));

        assertThat(drawn()).isEmpty();
    }
}
