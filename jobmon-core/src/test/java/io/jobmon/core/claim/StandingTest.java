package io.jobmon.core.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StandingTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final AtomicReference<String> status = new AtomicReference<>("working");
    private final Standing standing = new Standing(status::get, now::get);

    private Standing.Look after(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        return standing.look();
    }

    @Test
    void should_count_from_the_start_when_nothing_changes() {
        assertThat(after(1500)).isEqualTo(new Standing.Look("working", 1.5));
        assertThat(after(3000)).isEqualTo(new Standing.Look("working", 4.5));
    }

    @Test
    void should_count_anew_when_the_status_changes() {
        after(10_000);
        status.set("resting");
        assertThat(after(3000)).isEqualTo(new Standing.Look("resting", 0));
        assertThat(after(250)).isEqualTo(new Standing.Look("resting", 0.25));
        status.set("working");
        assertThat(after(60_000)).isEqualTo(new Standing.Look("working", 0));
    }
}
