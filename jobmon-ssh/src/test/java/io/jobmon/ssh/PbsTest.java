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

/**
 * PBS's commands are shell scripts of the tests: neither OpenPBS nor Torque can be had here. What they say, qstat-openpbs.txt and
 * qstat-torque.txt too, is written by hand in the format of their manuals.
 */
class PbsTest {

    private static final Array ARRAY = new Array("jobmon-20261126-1", "/scratch/start.sh", "/scratch/logs", 4);
    private static final String SEEN =
            "[ \"$1\" = --version ] && { echo '%s'; exit; }; for word; do printf '%%s\\n' \"$word\"; done >\"$0.seen\"; echo '%s'";

    @TempDir
    Path folder;

    private ProcessChannel channel;
    private Pbs pbs;

    @BeforeEach
    void prepare() {
        channel = new ProcessChannel(folder);
        pbs = Pbs.over(channel);
    }

    @Test
    void should_submit_an_array_of_openpbs() throws Exception {
        channel.program("qsub", SEEN.formatted("pbs_version = 20.0.1", "4127[].head"));
        BatchSystem system = pbs.workers(3)
                .time(Duration.ofHours(30))
                .queue("long")
                .option("A", "x y'; $(exit)")
                .option("l", "mem=4gb")
                .option("V", "")
                .system();

        assertThat(system.submit(channel, ARRAY)).isEqualTo("4127[].head");
        assertThat(Files.readAllLines(folder.resolve("qsub.seen")))
                .containsExactly(
                        ("-A|x y'; $(exit)|-l|mem=4gb|-V|-J|1-3|-N|jobmon-20261126|-l|walltime=30:00:00|-l|select=1:ncpus=4"
                                        + "|-q|long|-S|/bin/sh|-j|oe|-o|/scratch/logs/^array_index^.out|/scratch/start.sh")
                                .split("\\|"));
    }

    @Test
    void should_submit_a_plain_job_when_openpbs_gets_one_worker() throws Exception {
        channel.program("qsub", SEEN.formatted("pbs_version = 20.0.1", "4127.head"));
        BatchSystem system = pbs.option("l", "select=1:ncpus=4:mem=8gb").system();

        assertThat(system.submit(channel, ARRAY)).isEqualTo("4127.head");
        assertThat(Files.readAllLines(folder.resolve("qsub.seen")))
                .containsExactly(("-l|select=1:ncpus=4:mem=8gb|-N|jobmon-20261126|-l|walltime=01:00:00"
                                + "|-S|/bin/sh|-j|oe|-o|/scratch/logs/1.out|/scratch/start.sh")
                        .split("\\|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Version: 6.1.3", "version: 2.5.13"})
    void should_submit_an_array_of_torque(String version) throws Exception {
        channel.program("qsub", SEEN.replace("; exit;", " >&2; exit;").formatted(version, "4127[].head.cluster.org"));

        assertThat(pbs.system().submit(channel, ARRAY)).isEqualTo("4127[].head.cluster.org");
        assertThat(Files.readAllLines(folder.resolve("qsub.seen")))
                .containsExactly(("-t|1-1|-N|jobmon-20261126|-l|walltime=01:00:00|-l|nodes=1:ppn=4"
                                + "|-S|/bin/sh|-j|oe|-o|/scratch/logs/$PBS_ARRAYID.out|/scratch/start.sh")
                        .split("\\|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "qsub: waiting", "Your job 17 has been submitted", "4127[1].head", "4127 .head"})
    void should_quote_the_answer_when_it_makes_no_sense(String answer) {
        channel.program("qsub", "echo '" + answer + "'");

        assertThatThrownBy(() -> pbs.system().submit(channel, ARRAY))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("no id of an array: " + (answer.isEmpty() ? "nothing" : answer) + ". It may");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            qsub: Unknown queue                                              | queue(..)
            qsub: Invalid account                                            | option("A"
            qsub: Array job exceeds server or queue size limit               | fewer workers(..)
            qsub: would exceed complex's per-user limit of jobs in 'Q' state | fewer workers(..)
            qsub: Job violates queue and/or server resource limits           | shorter time(..)
            qsub: illegal -l value                                           | Mend option(..)
            qsub: cannot connect to server head (errno=15010)                | later
            qsub: Unauthorized Request                                       | for access
            """)
    void should_say_what_to_do_when_refused(String words, String advice) {
        channel.program("qsub", "echo \"" + words + "\" >&2; exit 32");

        assertThatThrownBy(() -> pbs.system().submit(channel, ARRAY))
                .hasMessageContaining("PBS on pbs refuses the array (exit code 32): " + words)
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a:b", "/a$HOME", "/a^b", "/a,b"})
    void should_refuse_a_folder_when_pbs_would_read_something_into_it(String path) {
        assertThatThrownBy(() -> pbs.system().submit(channel, new Array("x", "/s.sh", path, 1)))
                .hasMessageContaining("it is " + path + ". Set another workdir(..)");
    }

    @ParameterizedTest
    @CsvSource({"qstat-openpbs.txt, 4131.head", "qstat-torque.txt, 4131[].head.cluster.org"})
    void should_see_subjobs(String recorded, String single) {
        channel.program("qstat", "[ \"$1\" = -t ] && cat <<'END'\n" + Recorded.text(recorded) + "END\n");

        assertThat(pbs.system().tasks(channel, List.of("4127[].head", "4130[].head.x.y", single)))
                .containsExactly(
                        new Task("4127[].head", 1, 1, true, ""),
                        new Task("4127[].head", 3, 1, true, ""),
                        new Task("4127[].head", 4, 1, false, ""),
                        new Task("4130[].head.x.y", 1, 1, false, "held"),
                        new Task("4130[].head.x.y", 2, 1, false, "held"),
                        new Task(single, 1, 1, true, ""));
    }

    @Test
    void should_see_the_others_when_one_is_gone() {
        channel.program("qstat", """
                cat <<'END'
                4127[1].head      jobmon-20261126  me                00:10:07 R workq
                END
                echo 'qstat: Unknown Job Id 4000[].head' >&2
                echo 'qstat: 4001[].head Job has finished, use -x or -H to obtain historical job information' >&2
                exit 153
                """);

        assertThat(pbs.system().tasks(channel, List.of("4127[].head", "4000[].head", "4001[].head")))
                .containsExactly(new Task("4127[].head", 1, 1, true, ""));
        assertThat(pbs.system().tasks(channel, List.of())).isEmpty();
    }

    @Test
    void should_refuse_to_say_what_runs_when_the_server_does_not() {
        channel.program("qstat", "echo 'qstat: cannot connect to server head (errno=15010)' >&2; exit 2");
        assertThatThrownBy(() -> pbs.system().tasks(channel, List.of("4127[].head")))
                .hasMessageContaining("does not say what runs (exit code 2)")
                .hasMessageContaining("later");

        channel.program("qstat", "exit 1");
        assertThatThrownBy(() -> pbs.system().tasks(channel, List.of("4127[].head")))
                .hasMessageContaining("does not say what runs (exit code 1): nothing");

        channel.program("qstat", "echo Hello");
        assertThatThrownBy(() -> pbs.system().tasks(channel, List.of("4127[].head")))
                .hasMessageContaining("qstat on pbs answers what JobMon does not understand: Hello.");
    }

    @Test
    void should_not_complain_when_what_is_cancelled_has_ended() {
        channel.program("qdel", "echo \"qdel: Unknown Job Id $1\" >&2; exit 153");
        pbs.system().cancel(channel, "4127[].head");

        channel.program("qdel", "echo \"qdel: nonexistent job id: $1\" >&2; exit 1");
        pbs.system().cancel(channel, "4127[].head");

        channel.program("qdel", "echo \"qdel: Unauthorized Request $1\" >&2; exit 159");
        assertThatThrownBy(() -> pbs.system().cancel(channel, "4127[].head"))
                .hasMessageContaining("does not cancel array 4127[].head (exit code 159)")
                .hasMessageContaining("for access");
        assertThatThrownBy(() -> pbs.system().cancel(channel, "all")).hasMessage("'all' is no id of a PBS array.");
    }

    @Test
    void should_tell_the_limit_when_the_server_does() {
        channel.program("qmgr", "[ \"$*\" = '-c print server' ] && echo 'set server max_array_size = 10000'");
        assertThat(pbs.system().limit(channel)).hasValue(10_000);

        channel.program("qmgr", "echo 'set server max_job_array_size = 500'");
        assertThat(pbs.system().limit(channel)).hasValue(500);

        channel.program("qmgr", "echo 'set server scheduling = True'");
        assertThat(pbs.system().limit(channel)).isEmpty();
    }

    @Test
    void should_find_the_number_of_a_task_in_every_kind_of_pbs() {
        String number = "echo " + pbs.system().taskNumber();

        assertThat(shell(number)).isEqualTo("1\n");
        assertThat(shell("PBS_ARRAYID=7; " + number)).isEqualTo("7\n");
        assertThat(shell("PBS_ARRAY_INDEX=8; " + number)).isEqualTo("8\n");
    }

    private String shell(String lines) {
        return channel.run(List.of("sh", "-c", lines), new byte[0], Duration.ofMinutes(1))
                .stdout();
    }
}
