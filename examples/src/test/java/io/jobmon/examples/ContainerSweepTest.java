package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSweepTest {

    @TempDir
    Path folder;

    @Test
    void should_run_on_a_host_behind_a_program_and_leave_no_worker() {
        String summary = ContainerSweep.sweep(folder.resolve("work").toString(), List.of("env", "BOX=1"));

        assertThat(summary.lines()).hasSizeGreaterThan(5);
        assertThat(folder.resolve("work/launches")).isEmptyDirectory();
        assertThat(folder.resolve("work/logs")).isNotEmptyDirectory();
    }

    @Test
    void should_say_what_is_wrong_when_the_program_is() {
        ProgramChannel none = new ProgramChannel(List.of("no-such-program"));
        ProgramChannel env = new ProgramChannel(List.of("env"));

        assertThatThrownBy(() -> none.run(List.of("true"), new byte[0], Duration.ofSeconds(5)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("no-such-program");
        assertThatThrownBy(() -> env.get(folder.resolve("nothing").toString(), folder.resolve("there")))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("cannot copy");
        assertThatThrownBy(() -> env.run(List.of("sleep", "60"), new byte[0], Duration.ofMillis(50)))
                .hasMessageContaining("see what hangs");
    }
}
