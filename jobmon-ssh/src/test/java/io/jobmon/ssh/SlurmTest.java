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

/** Slurm's commands are shell scripts of the tests here; SlurmIT has the real ones. */
class SlurmTest {

    private static final Array ARRAY = new Array("jobmon-x", "/scratch/start.sh", "/scratch/logs", 4);

    @TempDir
    Path folder;

    private ProcessChannel channel;
    private Slurm slurm;

    @BeforeEach
    void prepare() {
        channel = new ProcessChannel(folder);
        slurm = Slurm.over(channel);
    }

    @Test
    void should_pass_everything_as_arguments_when_submitting() throws Exception {
        channel.program("sbatch", "for word; do printf '%s\\n' \"$word\"; done >\"$0.seen\"; echo 4711");
        BatchSystem system = slurm.workers(3)
                .time(Duration.ofSeconds(93_661))
                .partition("long,big")
                .option("account", "x y'; touch \"$HOME\" $(exit)")
                .option("A", "z")
                .option("exclusive", "")
                .system();

        String id = system.submit(channel, new Array("a 'b' $c", "/w $(x)/start.sh", "/w%a \"q\"", 4));

        assertThat(id).isEqualTo("4711");
        assertThat(Files.readAllLines(folder.resolve("sbatch.seen")))
                .containsExactly(
                        "--account=x y'; touch \"$HOME\" $(exit)",
                        "-Az",
                        "--exclusive",
                        "--parsable",
                        "--array=1-3",
                        "--job-name=a 'b' $c",
                        "--time=1-02:02:00",
                        "--partition=long,big",
                        "--cpus-per-task=4",
                        "--output=/w%%a \"q\"/%a.out",
                        "/w $(x)/start.sh");
    }

    @Test
    void should_find_the_answer_when_a_login_shell_says_something_before_it() {
        channel.banner().program("sbatch", "echo 17");

        assertThat(slurm.system().submit(channel, ARRAY)).isEqualTo("17");

        channel.program("sbatch", "echo 'sbatch: error: no' >&2; exit 1");
        assertThatThrownBy(() -> slurm.system().submit(channel, ARRAY))
                .hasMessageContaining("(exit code 1): sbatch: error: no - ")
                .hasMessageNotContaining("mining");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'Submitted batch job 17'  | Submitted batch job 17
            ''                        | nothing
            '<html>'                  | <html>
            '17 18'                   | 17 18
            '0'                       | 0
            '-4'                      | -4
            '17;'                     | 17;
            """)
    void should_quote_the_answer_when_it_makes_no_sense(String answer, String quoted) {
        channel.program("sbatch", "echo '" + answer + "'");

        assertThatThrownBy(() -> slurm.system().submit(channel, ARRAY))
                .isInstanceOf(JobMonException.class)
                .hasMessage("Slurm on slurm answers a submission with what is no id of an array: " + quoted
                        + ". It may have been accepted all the same: look with `squeue --name=jobmon-x`, and cancel it with"
                        + " `scancel --name=jobmon-x`.");
    }

    @Test
    void should_keep_the_message_short_when_the_nonsense_is_long() {
        channel.program("sbatch", "head -c 100000 /dev/zero | tr '\\0' '\\007'");

        assertThatThrownBy(() -> slurm.system().submit(channel, ARRAY))
                .hasMessageContaining("????...")
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(700));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            invalid partition specified: nope                                       | partition(..)
            Batch job submission failed: Invalid account or account/partition combination specified | option("account"
            Batch job submission failed: Invalid qos specification                  | option("qos"
            Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits) | fewer workers(..)
            Batch job submission failed: Requested time limit is invalid (missing or exceeds some limit) | shorter time(..)
            Batch job submission failed: Invalid job array specification            | fewer workers(..)
            Batch job submission failed: Requested node configuration is not available | fewer slots(..)
            Batch job submission failed: Unable to contact slurm controller (connect failure) | later
            unrecognized option '--bogus=x'                                         | Mend option(..)
            fatal: Could not establish a configuration source                       | login node
            Batch job submission failed: Access/permission denied                   | for access
            something new                                                           | ask those who run
            """)
    void should_say_what_to_do_when_refused(String words, String advice) {
        channel.program("sbatch", "echo \"sbatch: error: " + words + "\" >&2; exit 1");

        assertThatThrownBy(() -> slurm.system().submit(channel, ARRAY))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Slurm on slurm refuses the array (exit code 1): sbatch: error: " + words)
                .hasMessageContaining(advice);
    }

    @Test
    void should_say_where_to_look_when_there_is_no_slurm() {
        BatchSystem system = slurm.program("sbatch", folder + "/no/sbatch").system();

        assertThatThrownBy(() -> system.submit(channel, ARRAY))
                .hasMessage(
                        "sbatch is not found on slurm. Name a machine from which jobs can be submitted, or say where it is"
                                + " there: program(\"sbatch\", \"/path/to/sbatch\").");
    }

    @Test
    void should_find_a_program_when_the_user_says_where_it_is() {
        channel.program("elsewhere", "echo 5");

        assertThat(slurm.program("sbatch", folder + "/elsewhere").system().submit(channel, ARRAY))
                .isEqualTo("5");
    }

    @Test
    void should_not_give_the_scheduler_what_is_jobmons_in_the_environment() throws Exception {
        channel.environment("JOBMON_REDIS", "redis://:secret@head")
                .environment("OTHER", "first\nJOBMON_TRICK=;exit 3")
                .program("sbatch", "env >\"$0.seen\"; echo 4711");

        assertThat(slurm.system().submit(channel, ARRAY)).isEqualTo("4711");

        assertThat(Files.readString(folder.resolve("sbatch.seen")))
                .contains("OTHER=first")
                .doesNotContain("secret");
    }

    @Test
    void should_say_what_a_shell_says_when_it_runs_nothing() {
        channel.shell("echo This account is closed.; exit 1");

        assertThatThrownBy(() -> slurm.system().submit(channel, ARRAY))
                .hasMessageContaining("The shell of slurm does not run sbatch: it says This account is closed.");
    }

    @Test
    void should_tell_the_limit_when_the_configuration_has_one() {
        channel.program("scontrol", "[ \"$*\" = 'show config' ] && echo 'MaxArraySize            = 1001'");

        assertThat(slurm.system().limit(channel)).hasValue(1000);

        channel.program("scontrol", "echo 'MaxArraySize = unknown'");
        assertThat(slurm.system().limit(channel)).isEmpty();
    }

    @Test
    void should_ask_in_json_when_squeue_has_it() {
        channel.program(
                "squeue",
                "[ \"$*\" = '--json --jobs=3,12 --states=all' ] && echo '{\"errors\": [], \"jobs\": [{\"array_job_id\": 3,"
                        + " \"array_task_id\": 2, \"job_state\": \"RUNNING\", \"state_reason\": \"None\"}]}'");

        assertThat(slurm.system().tasks(channel, List.of("12", "3"))).containsExactly(new Task("3", 2, 1, true, ""));
    }

    @Test
    void should_ask_in_plain_format_from_then_on_when_squeue_has_no_json() throws Exception {
        channel.program("squeue", """
                echo "$*" >>"$0.seen"
                [ "$1" = --json ] && { echo 'squeue: fatal: no serializer' >&2; exit 1; }
                echo '3|2|PENDING|Resources'
                """);
        BatchSystem system = slurm.system();

        assertThat(system.tasks(channel, List.of("3"))).containsExactly(new Task("3", 2, 1, false, "Resources"));
        assertThat(system.tasks(channel, List.of("3"))).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("squeue.seen")))
                .containsExactly(
                        "--json --jobs=3 --states=all",
                        "--noheader --array --format=%F|%K|%T|%r --jobs=3 --states=all",
                        "--noheader --array --format=%F|%K|%T|%r --jobs=3 --states=all");
    }

    @Test
    void should_ask_in_plain_format_when_the_json_of_all_users_is_too_much() {
        channel.program("squeue", """
                if [ "$1" = --json ]; then
                    echo '{"jobs": ['
                    yes '{"array_job_id": 9, "comment": "a job of somebody else"},'
                fi
                echo '3|2|RUNNING|None'
                """);

        assertThat(slurm.system().tasks(channel, List.of("3"))).containsExactly(new Task("3", 2, 1, true, ""));
    }

    @Test
    void should_name_the_cluster_when_the_answer_does() throws Exception {
        channel.program("sbatch", "echo '17;north'")
                .program("scancel", "echo \"$*\" >\"$0.seen\"")
                .program(
                        "squeue",
                        "[ \"$4\" = --clusters=north ] && { echo 'CLUSTER: north'; echo '17|1|RUNNING|None'; }");
        BatchSystem system = slurm.option("clusters", "north").system();

        String id = system.submit(channel, ARRAY);
        system.cancel(channel, id);

        assertThat(system.tasks(channel, List.of(id))).containsExactly(new Task("17;north", 1, 1, true, ""));
        assertThat(Files.readString(folder.resolve("scancel.seen"))).isEqualTo("--clusters=north 17\n");
    }

    @Test
    void should_cancel_what_waits_alone_when_an_array_is_withdrawn() throws Exception {
        channel.program("scancel", "echo \"$*\" >\"$0.seen\"");

        slurm.system().withdraw(channel, "17");

        assertThat(Files.readString(folder.resolve("scancel.seen"))).isEqualTo("--state=PENDING 17\n");
    }

    @Test
    void should_see_nothing_when_slurm_has_forgotten_the_array() {
        channel.program("squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");

        assertThat(slurm.system().tasks(channel, List.of("3"))).isEmpty();
        assertThat(slurm.system().tasks(channel, List.of())).isEmpty();
    }

    @Test
    void should_refuse_to_say_what_runs_when_the_controller_does_not_answer() {
        channel.program("squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1");

        assertThatThrownBy(() -> slurm.system().tasks(channel, List.of("3")))
                .hasMessageContaining("Slurm on slurm does not say what runs (exit code 1)")
                .hasMessageContaining("try again later");

        channel.program("squeue", "echo 'what?'");
        assertThatThrownBy(() -> slurm.system().tasks(channel, List.of("3")))
                .hasMessageContaining("squeue on slurm answers what JobMon does not understand: what?.");
    }

    @Test
    void should_not_complain_when_what_is_cancelled_has_ended() {
        channel.program(
                "scancel", "echo 'scancel: error: Kill job error on job id 3: Invalid job id specified' >&2; exit 1");
        slurm.system().cancel(channel, "3");

        channel.program(
                "scancel", "echo 'scancel: error: Kill job error on job id 3: Access/permission denied' >&2; exit 1");
        assertThatThrownBy(() -> slurm.system().cancel(channel, "3"))
                .hasMessageContaining("Slurm on slurm does not cancel array 3 (exit code 1)");
        assertThatThrownBy(() -> slurm.system().cancel(channel, "--user=root"))
                .hasMessage("'--user=root' is no id of a Slurm array.");
    }
}
