package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.Worker;
import io.jobmon.spi.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a launcher may set, and what it may not. */
class LaunchVariablesTest {

    private static Worker.Builder worker(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>();
        variables.put("JOBMON_REDIS", "redis://head");
        for (int k = 0; k < namesAndValues.length; k += 2) {
            variables.put(namesAndValues[k], namesAndValues[k + 1]);
        }
        variables.values().removeIf(value -> value.equals("unset"));
        return Engine.find().workerFromEnvironment(variables);
    }

    @ParameterizedTest
    @CsvSource({
        "JOBMON_HEARTBEAT, 3",
        "JOBMON_HEARTBEAT, ''",
        "JOBMON_HEARTBEAT, PT0S",
        "JOBMON_HEARTBEAT, PT1H",
        "JOBMON_IDLE, 1h",
        "JOBMON_IDLE, PT-1H",
        "JOBMON_IDLE, PT0S",
        "JOBMON_LAUNCH, ''",
        "JOBMON_LAUNCH, a b",
        "JOBMON_LAUNCH, ../a",
        "JOBMON_PLACE, ' '",
        "JOBMON_PLACE, ALL",
        "JOBMON_PLACE, 'a\u001b[2J'",
        "JOBMON_LOG, ''",
        "JOBMON_LOG, /",
        "JOBMON_END_TIME, soon",
        "JOBMON_END_TIME, ''",
        "JOBMON_END_TIME, -5",
        "JOBMON_END_TIME, 2026-11-26",
        "JOBMON_WALLTIME, 04:00:00",
        "JOBMON_WALLTIME, PT0S",
        "JOBMON_WALLTIME, PT9000000000000000S",
        "JOBMON_REDIS_ONCE, yes",
        "JOBMON_REDIS_ONCE, true",
    })
    void should_name_the_variable_when_it_makes_no_sense(String name, String value) {
        assertThatThrownBy(() -> worker(name, value))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(name)
                .hasMessageMatching("(?s).*(give|set) .*");
    }

    @Test
    void should_refuse_names_that_are_too_long() {
        assertThatThrownBy(() -> worker("JOBMON_LAUNCH", "x".repeat(101))).hasMessageContaining("JOBMON_LAUNCH");
        assertThatThrownBy(() -> worker("JOBMON_PLACE", "x".repeat(256))).hasMessageContaining("JOBMON_PLACE");
    }

    @ParameterizedTest
    @CsvSource({
        "JOBMON_HEARTBEAT, PT0.2S",
        "JOBMON_IDLE, PT1H",
        "JOBMON_LAUNCH, percolation-2026.11_a",
        "JOBMON_PLACE, me@node1:2222",
        "JOBMON_LOG, logs/worker 1.log",
        "JOBMON_END_TIME, 4102444800",
        "JOBMON_WALLTIME, P2DT4H",
        "JOBMON_REDIS_ONCE, false",
        "SLURM_JOB_END_TIME, 4102444800",
        "SLURM_JOB_END_TIME, 0",
        "SLURM_JOB_END_TIME, Unknown",
    })
    void should_take_what_makes_sense(String name, String value) {
        assertThat(worker(name, value)).isNotNull();
    }

    @Test
    void should_delete_the_file_once_it_was_read_when_told_so(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("redis"), "redis://:secret@head\n");
        String[] variables = {"JOBMON_REDIS", "unset", "JOBMON_REDIS_FILE", file.toString()};
        worker(variables);
        assertThat(file).exists();
        worker("JOBMON_REDIS", "unset", "JOBMON_REDIS_FILE", file.toString(), "JOBMON_REDIS_ONCE", "true");
        assertThat(file).doesNotExist();
    }
}
