package io.jobmon.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchNotesTest extends QueueCase {

    @Test
    void should_know_the_arrays_of_a_host_until_they_are_forgotten() {
        LaunchNotes notes = queue.launches();
        notes.note("north hpc", "20260101-000000-0001", "17;north");
        notes.note("north hpc", "20260101-000000-0002", "18");
        notes.note("hpc", "20260101-000000-0002", "9");
        notes.note("hpc", "20260101-000000-0002", "9");

        assertThat(notes.at("north hpc"))
                .containsExactly(entry("20260101-000000-0001", "17;north"), entry("20260101-000000-0002", "18"));
        notes.forget("north hpc", List.of("20260101-000000-0001", "nothing"));
        notes.forget("hpc", List.of());

        assertThat(notes.at("north hpc")).containsOnlyKeys("20260101-000000-0002");
        assertThat(notes.at("hpc")).containsExactly(entry("20260101-000000-0002", "9"));
        assertThat(notes.at("elsewhere")).isEmpty();
    }
}
