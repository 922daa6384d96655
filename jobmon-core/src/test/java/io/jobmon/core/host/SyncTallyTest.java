package io.jobmon.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Bundle;
import io.jobmon.SyncProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncTallyTest {

    private final List<SyncProgress> told = new ArrayList<>();
    private long now;
    private final SyncTally tally = new SyncTally(2, told::add, () -> now);

    private void passes(int millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private SyncProgress last() {
        return told.get(told.size() - 1);
    }

    @Test
    void should_add_up_what_hosts_say() {
        Bundle.Watch a = tally.of("a");
        Bundle.Watch b = tally.of("b");
        a.moved(1_000_000, 0);
        passes(200);
        b.moved(3_000_000, 500_000);
        assertThat(last()).isEqualTo(new SyncProgress(2, 0, 4_000_000, 500_000, Duration.ofMillis(200), false));
        passes(200);
        // A copy that was begun anew.
        b.moved(3_000_000, 100_000);
        assertThat(last().moved()).isEqualTo(100_000);
        a.moved(1_000_000, 1_000_000);
        tally.done();
        assertThat(last()).hasToString("1 of 2 hosts, 1.1 of 4.0 MB");
        tally.end();
        assertThat(last().ended()).isTrue();
        assertThat(told).filteredOn(SyncProgress::ended).hasSize(1);
    }

    @Test
    void should_tell_five_times_a_second_when_more_is_known() {
        Bundle.Watch watch = tally.of("a");
        for (int k = 0; k < 1000; k++) {
            watch.moved(1000, k);
            passes(1);
        }
        assertThat(told).hasSize(5);
    }
}
