package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import io.jobmon.spi.BatchSystem;
import io.jobmon.spi.BatchSystem.Array;
import io.jobmon.spi.BatchSystem.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Grid Engine's commands are shell scripts of the tests here; SgeIT has the real ones. */
class SgeTest {

    private static final Array ARRAY = new Array("jobmon-x", "/scratch/start.sh", "/scratch/logs", 1);

    @TempDir
    Path folder;

    private ProcessChannel channel;
    private Sge sge;

    @BeforeEach
    void prepare() {
        channel = new ProcessChannel(folder);
        sge = Sge.over(channel);
    }

    @Test
    void should_pass_everything_as_arguments_when_submitting() throws Exception {
        channel.program("qsub", "for word; do printf '%s\\n' \"$word\"; done >\"$0.seen\"; echo 17.1-3:1");
        BatchSystem system = sge.workers(3)
                .time(Duration.ofSeconds(61))
                .queue("long.q")
                .option("P", "x y'; $(exit)")
                .option("pe", "smp")
                .option("V", "")
                .system();

        assertThat(system.submit(channel, new Array("1 a/b", "/w $(x)/start.sh", "/w %a", 4)))
                .isEqualTo("17");
        assertThat(Files.readAllLines(folder.resolve("qsub.seen")))
                .containsExactly(("-P|x y'; $(exit)|-pe|smp|4|-V|-terse|-t|1-3|-N|j1_a_b|-l|h_rt=120|-q|long.q"
                                + "|-S|/bin/sh|-j|y|-o|/w %a/$TASK_ID.out|-wd|/w %a|/w $(x)/start.sh")
                        .split("\\|"));
    }

    @Test
    void should_ask_for_a_parallel_environment_when_workers_have_several_slots() {
        assertThatThrownBy(() -> sge.system().submit(channel, new Array("x", "/s.sh", "/f", 4)))
                .isInstanceOf(JobMonException.class)
                .hasMessage(
                        "Grid Engine needs the name of a parallel environment for workers of 4 slots: add option(\"pe\", ..)"
                                + " with one whose slots are on one machine; `qconf -spl` lists them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17", "17.1-3:2", "Your job-array 17.1-3:1 (\"x\") has been submitted", "0.1-3:1"})
    void should_quote_the_answer_when_it_makes_no_sense(String answer) {
        channel.program("qsub", "echo '" + answer + "'");

        assertThatThrownBy(() -> sge.system().submit(channel, ARRAY))
                .hasMessageContaining(
                        "no id of an array: " + (answer.isEmpty() ? "nothing" : answer)
                                + ". It may have been accepted all the same: look with `qstat`, and cancel it with `qdel jobmon-x`.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Job was rejected because job requests unknown queue nope                  | Name a queue(..)
            job rejected: you tried to submit a job with more than 100 tasks          | fewer workers(..)
            job rejected: the requested parallel environment smp does not exist       | option("pe"
            job rejected: the requested project nope does not exist                   | option("P"
            unknown resource bogus                                                    | option("l"
            qsub: invalid option argument -bogus                                      | Mend option(..)
            error: commlib error: got select error (Connection refused)               | later
            denied: host node1 is no submit host                                      | for access
            """)
    void should_say_what_to_do_when_refused(String words, String advice) {
        channel.program("qsub", "echo \"" + words + "\" >&2; exit 1");

        assertThatThrownBy(() -> sge.system().submit(channel, ARRAY))
                .hasMessageContaining("Grid Engine on sge refuses the array (exit code 1): " + words)
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a:b", "/a$HOME", "/a,b"})
    void should_refuse_a_folder_when_grid_engine_would_read_something_into_it(String path) {
        assertThatThrownBy(() -> sge.system().submit(channel, new Array("x", "/s.sh", path, 1)))
                .hasMessageContaining("it is " + path + ". Set another workdir(..)");
    }

    /** What Grid Engine 8.1.9 said, but for names and Eqw. */
    @Test
    void should_see_tasks_of_this_user() {
        channel.program(
                "qstat",
                "[ \"$*\" = \"-xml -u $(id -un)\" ] && cat <<'END'\n" + Recorded.text("qstat-gridengine.xml")
                        + "END\n");

        assertThat(sge.system().tasks(channel, List.of("1", "9", "11")))
                .containsExactly(
                        new Task("1", 1, 1, true, ""),
                        new Task("1", 2, 1, true, ""),
                        new Task("1", 0, 3, false, "qw"),
                        new Task("9", 1, 1, false, "Eqw: an error; `qstat -j 9` says which"));
        assertThat(sge.system().tasks(channel, List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "<other/>",
                "<job_info><queue_info>",
                "<job_info><job_list><JB_job_number>1</JB_job_number></job_list></job_info>",
                "<job_info><job_list><JB_job_number>1</JB_job_number><state>r</state></job_list></job_info>",
                "<!DOCTYPE job_info [<!ENTITY x \"1\">]><job_info><job_list><JB_job_number>&x;</JB_job_number>"
                        + "<state>r</state><tasks>1</tasks></job_list></job_info>"
            })
    void should_not_believe_an_answer_when_it_makes_no_sense(String answer) {
        channel.program("qstat", "cat <<'END'\n" + answer + "\nEND\n");

        assertThatThrownBy(() -> sge.system().tasks(channel, List.of("1")))
                .hasMessageContaining("qstat on sge answers what JobMon does not understand");
    }

    @Test
    void should_not_complain_when_what_is_cancelled_has_ended() {
        channel.program("qdel", "echo \"denied: job \\\"$1\\\" does not exist\"; exit 1");
        sge.system().cancel(channel, "17");

        channel.program("qdel", "echo 'me - you do not have the necessary privileges to delete the job'; exit 1");
        assertThatThrownBy(() -> sge.system().cancel(channel, "17"))
                .hasMessageContaining("does not cancel array 17 (exit code 1): me - you do not");
        assertThatThrownBy(() -> sge.system().cancel(channel, "*"))
                .hasMessage("'*' is no id of an array of Grid Engine.");
    }

    @Test
    void should_hold_what_waits_when_an_array_is_withdrawn() throws Exception {
        channel.program("qhold", "echo \"$*\" >\"$0.seen\"");
        sge.system().withdraw(channel, "17");
        assertThat(Files.readString(folder.resolve("qhold.seen"))).isEqualTo("17\n");

        channel.program("qhold", "echo 'me - you do not have the necessary privileges' >&2; exit 1");
        assertThatThrownBy(() -> sge.system().withdraw(channel, "17"))
                .hasMessageContaining(
                        "does not hold array 17 (exit code 1): me - you do not have the necessary privileges");
    }

    @Test
    void should_tell_the_limit_when_there_is_one() {
        channel.program("qconf", "[ \"$*\" = -sconf ] && echo 'max_aj_tasks                 75000'");
        assertThat(sge.system().limit(channel)).hasValue(75_000);

        channel.program("qconf", "echo 'max_aj_tasks                 0'");
        assertThat(sge.system().limit(channel)).isEmpty();
    }
}
