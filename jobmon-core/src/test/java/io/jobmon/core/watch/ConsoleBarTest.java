package io.jobmon.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.Progress;
import io.jobmon.ProgressListener;
import io.jobmon.SweepState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleBarTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void should_print_a_line_every_ten_seconds_when_there_is_no_terminal() {
        ProgressListener bar = new ConsoleBar(out, () -> now, false);
        for (int second = 0; second <= 25; second++) {
            bar.progress(open(second * 100, second == 20 ? 2 : 0, 100, 4_200));
            now = now.plusSeconds(1);
        }
        bar.progress(
                new Progress(SweepState.COMPLETE, 4_200, 4_198, 2, 0, 100, Duration.ofSeconds(42), Optional.empty()));
        bar.ended();

        assertThat(lines())
                .containsExactly(
                        "jobmon: 1,000 of 4,200 (23 %), 100/s, about 32 s left",
                        "jobmon: 2,002 of 4,200 (47 %), 100/s, 2 failed, about 21 s left",
                        "jobmon: 4,200 of 4,200 (100 %) in 42 s, 2 failed");
    }

    @Test
    void should_print_one_line_when_the_sweep_ends_at_once() {
        for (boolean terminal : new boolean[] {false, true}) {
            bytes.reset();
            ProgressListener bar = new ConsoleBar(out, () -> now, terminal);
            bar.progress(new Progress(
                    SweepState.COMPLETE, 42, 42, 0, 0, 0, Duration.ofMillis(640), Optional.of(Duration.ZERO)));
            bar.ended();
            bar.ended();

            assertThat(lines()).containsExactly("jobmon: 42 of 42 (100 %) in 0.6 s");
        }
    }

    @Test
    void should_begin_anew_when_another_wait_begins() {
        ProgressListener bar = new ConsoleBar(out, () -> now, false);
        for (int wait = 0; wait < 2; wait++) {
            bar.progress(open(5, 0, 1, 10));
            now = now.plusSeconds(9);
            bar.progress(open(9, 0, 1, 10));
            bar.ended();
            now = now.plusSeconds(60);
        }

        assertThat(lines()).hasSize(2).allMatch(line -> line.startsWith("jobmon: 9 of 10 (90 %) in "));
    }

    @Test
    void should_print_a_notice_when_told() {
        ProgressListener bar = new ConsoleBar(out, () -> now, false);
        bar.notice("no worker holds Percolation 7f3a");
        bar.ended();

        assertThat(lines()).containsExactly("jobmon: no worker holds Percolation 7f3a");
    }

    @Test
    void should_draw_a_bar_with_its_last_state_when_on_a_terminal() {
        ProgressListener bar = new ConsoleBar(out, () -> now, true);
        bar.progress(open(0, 0, 0, 4_200));
        now = now.plusSeconds(2);
        bar.progress(open(1_200, 0, 350, 4_200));
        bar.notice("3 workers hold Percolation 91bc");
        bar.progress(new Progress(
                SweepState.COMPLETE, 4_200, 4_198, 2, 0, 350, Duration.ofSeconds(12), Optional.of(Duration.ZERO)));
        bar.ended();

        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("\rjobmon: 3 workers hold Percolation 91bc").endsWith(System.lineSeparator());
        String[] drawn = text.strip().split("\r", -1);
        assertThat(drawn[drawn.length - 1]).contains("100%", "4200/4200", "[====");
    }

    @Test
    void should_end_the_line_and_keep_the_interrupt_when_it_ends_before_it_was_drawn() {
        ProgressListener bar = new ConsoleBar(out, () -> now, true);
        for (int i = 0; i < 20; i++) {
            bytes.reset();
            bar.progress(open(0, 0, 0, 4_200));
            now = now.plusSeconds(2);
            bar.progress(open(4_200, 0, 350, 4_200));
            Thread.currentThread().interrupt();
            bar.ended();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(bytes.toString(StandardCharsets.UTF_8))
                    .contains("4200/4200")
                    .endsWith(System.lineSeparator());
        }
    }

    @Test
    void should_say_what_is_known_when_little_is() {
        assertThat(ProgressText.line(
                        new Progress(SweepState.OPEN, 1_000_000, 0, 0, 8, 0, Duration.ZERO, Optional.empty())))
                .isEqualTo("0 of 1,000,000 (0 %), 8 running");
        assertThat(ProgressText.line(
                        new Progress(SweepState.OPEN, 1_000_000, 999_999, 0, 1, 0.25, Duration.ZERO, Optional.empty())))
                .isEqualTo("999,999 of 1,000,000 (99 %), 0.3/s");
        assertThat(ProgressText.end(
                        new Progress(SweepState.CANCELLED, 10, 1, 1, 0, 2, Duration.ofHours(3), Optional.empty())))
                .isEqualTo("2 of 10 (20 %) in 3 h 0 min, 1 failed, cancelled");
        assertThat(ProgressText.line(
                        new Progress(SweepState.ADOPTING, 10, 4, 0, 0, 0, Duration.ZERO, Optional.empty())))
                .isEqualTo("4 of 10 (40 %), taking over earlier results");
        assertThat(ProgressText.end(new Progress(
                        SweepState.COMPLETE,
                        Integer.MAX_VALUE * 2L,
                        Integer.MAX_VALUE * 2L,
                        0,
                        0,
                        0,
                        Duration.ofDays(3),
                        Optional.empty())))
                .isEqualTo("4,294,967,294 of 4,294,967,294 (100 %) in 3 d 0 h");
    }

    @Test
    void should_choose_readable_units_when_numbers_are_small_or_large() {
        assertThat(List.of(12_345.6, 10.0, 9.96, 0.5, 0.05, 0.001).stream().map(ProgressText::rate))
                .containsExactly("12,346/s", "10/s", "10.0/s", "0.5/s", "3.0/min", "0.06/min");
        assertThat(List.of(40L, 9_940L, 9_960L, 119_000L, 120_000L, 7_140_000L, 7_260_000L, 200_000_000L).stream()
                        .map(Duration::ofMillis)
                        .map(ProgressText::duration))
                .containsExactly("0.0 s", "9.9 s", "10 s", "119 s", "2 min", "119 min", "2 h 1 min", "2 d 7 h");
    }

    private Progress open(long done, long dead, double rate, long size) {
        Optional<Duration> remaining =
                rate == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds((long) ((size - done - dead) / rate)));
        return new Progress(SweepState.OPEN, size, done, dead, 8, rate, Duration.ofSeconds(1), remaining);
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
