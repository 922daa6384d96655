package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.spi.BatchSystem.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmQueueTest {

    private static final Map<Long, String> IDS = Map.of(31L, "31");

    /** 22.05 is what Slurm said, shortened; the others are written by hand in the format of the data parsers' versions. */
    @ParameterizedTest
    @ValueSource(strings = {"squeue-22.05.json", "squeue-23.02.json", "squeue-24.05.json"})
    void should_see_the_same_when_versions_write_it_differently(String recorded) {
        assertThat(SlurmQueue.json(Recorded.text(recorded), IDS))
                .hasValue(List.of(
                        new Task("31", 1, 1, true, ""),
                        new Task("31", 2, 1, true, ""),
                        new Task("31", 0, 4, false, "Resources")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '"5-8"'              | 4
            '"1"'                | 1
            '"1-3,7,9-15:2%4"'   | 8
            '"1,3,5..."'         | 0
            '"8-5"'              | 0
            '""'                 | 0
            'null'               | 0
            '"1-999999999:0"'    | 0
            """)
    void should_count_what_waits_together(String tasks, int count) {
        Optional<List<Task>> told =
                json("{'array_job_id': 31, 'array_task_id': null, 'job_state': 'PENDING', 'array_task_string': " + tasks
                        + "}");

        assertThat(told)
                .isEqualTo(count == 0 ? Optional.empty() : Optional.of(List.of(new Task("31", 0, count, false, ""))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '["RUNNING"]'                  | true  | ''
            '["COMPLETING"]'               | true  | ''
            '["CANCELLED", "COMPLETING"]'  | true  | ''
            '["SUSPENDED"]'                | true  | ''
            '["RUNNING", "CONFIGURING"]'   | false | 'Why'
            '["PENDING", "REQUEUED"]'      | false | 'Why'
            '["NEW_IN_SLURM_99"]'          | false | 'NEW_IN_SLURM_99'
            """)
    void should_tell_what_runs_from_what_waits(String states, boolean running, String remark) {
        assertThat(json("{'array_job_id': 31, 'array_task_id': 2, 'state_reason': 'Why', 'job_state': " + states + "}"))
                .hasValue(List.of(new Task("31", 2, 1, running, remark)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED"})
    void should_leave_out_what_has_ended(String state) {
        assertThat(json("{'array_job_id': 31, 'array_task_id': null, 'job_state': '" + state + "'}"))
                .hasValue(List.of());
        assertThat(SlurmQueue.plain("31|N/A|" + state + "|None\n", IDS)).hasValue(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'jobs': null}",
                "{'jobs': [1]}",
                "{'jobs': [",
                "{'jobs': [{'array_job_id': 31}]}",
                "{'jobs': [{'array_job_id': 31, 'array_task_id': 1, 'job_state': []}]}",
                "{'jobs': [{'array_job_id': 31, 'array_task_id': 4294967297, 'job_state': 'RUNNING'}]}",
                "{'jobs': [], 'errors': [{'error': 'no'}]}"
            })
    void should_not_believe_json_when_it_is_not_squeues(String text) {
        assertThat(SlurmQueue.json(text.replace('\'', '"'), IDS)).isEmpty();
    }

    @Test
    void should_leave_out_jobs_of_others() {
        assertThat(json("{'array_job_id': 0, 'job_id': 31}, {'array_job_id': {'set': false, 'number': 31}}, {}"))
                .hasValue(List.of());
        assertThat(SlurmQueue.plain("30|1|RUNNING|None\n", IDS)).hasValue(List.of());
    }

    @Test
    void should_read_plain_lines() {
        assertThat(SlurmQueue.plain("31|1|RUNNING|None\n\n31|12|PENDING|Priority\n31|3|CONFIGURING|None\n", IDS))
                .hasValue(List.of(
                        new Task("31", 1, 1, true, ""),
                        new Task("31", 12, 1, false, "Priority"),
                        new Task("31", 3, 1, false, "")));
        assertThat(SlurmQueue.plain("31|1|RUNNING\n", IDS)).isEmpty();
        assertThat(SlurmQueue.plain("31|1-4|RUNNING|None\n", IDS)).isEmpty();
        assertThat(SlurmQueue.plain("x|1|RUNNING|None\n", IDS)).isEmpty();
    }

    private static Optional<List<Task>> json(String jobs) {
        return SlurmQueue.json(("{'errors': [], 'jobs': [" + jobs + "]}").replace('\'', '"'), IDS);
    }
}
