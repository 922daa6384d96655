package io.jobmon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobStatus;
import io.jobmon.JobStatus.SweepStatus;
import io.jobmon.SweepState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinderTest {

    private static SweepStatus sweep(String start) {
        String id = start + "0".repeat(20 - start.length());
        return new SweepStatus(id, SweepState.OPEN, 10, 5, 1, 4, 0, 0, Optional.empty());
    }

    private static JobStatus job(String start, String name, String... sweeps) {
        String hash = start + "0".repeat(40 - start.length());
        return new JobStatus(
                hash,
                name,
                "",
                Instant.EPOCH,
                "",
                Arrays.stream(sweeps).map(FinderTest::sweep).toList());
    }

    private final Finder finder = new Finder(List.of(
            job("aaaa1", "flu", "abcd2", "abcd1"),
            job("aaaa2", "flu", "beef1"),
            job("cccc1", "abcd", "dead1"),
            job("cccd1", "sir")));

    @Test
    void should_find_when_the_first_characters_are_enough() {
        assertThat(finder.sweep("abcd1").sweep().id()).startsWith("abcd1");
        assertThat(finder.job("aaaa2").hash()).startsWith("aaaa2");
        assertThat(finder.job("sir").hash()).startsWith("cccd1");
    }

    @Test
    void should_take_the_newest_when_a_job_is_named_or_nothing() {
        assertThat(finder.newest().sweep().id()).startsWith("abcd2");
        assertThat(finder.sweep("flu").sweep().id()).startsWith("abcd2");
    }

    @Test
    void should_prefer_the_name_when_it_is_also_the_start_of_an_id() {
        assertThat(finder.sweep("abcd").sweep().id()).startsWith("dead1");
    }

    @Test
    void should_name_the_candidates_when_ambiguous() {
        assertThatThrownBy(() -> finder.job("aaaa"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("aaaa10000000 (flu")
                .hasMessageContaining("aaaa20000000 (flu")
                .hasMessageEndingWith("give more characters.");
        assertThatThrownBy(() -> finder.job("flu"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("aaaa10000000");
        assertThatThrownBy(() -> finder.onlySweep("flu"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("abcd1000")
                .hasMessageContaining("beef1000");
    }

    @Test
    void should_say_where_to_look_when_there_is_none() {
        assertThatThrownBy(() -> finder.sweep("ffff"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("There is no sweep ffff");
        assertThatThrownBy(() -> finder.sweep("abc"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("at least 4");
        assertThatThrownBy(() -> finder.job("measles"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("There is no job 'measles'");
        assertThatThrownBy(() -> new Finder(List.of()).newest())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("post one");
    }
}
