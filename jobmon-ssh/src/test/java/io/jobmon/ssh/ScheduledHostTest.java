package io.jobmon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandChannel;
import io.jobmon.JobMonException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledHostTest {

    private final CommandChannel channel = new ProcessChannel(Path.of("."));
    private final Slurm slurm = Slurm.over(channel);

    @Test
    void should_have_defaults() {
        assertThat(slurm).hasToString("slurm: 1 slot, folder jobmon, 1 worker of Slurm for 60 min");
        assertThat(Pbs.over(channel)).hasToString("pbs: 1 slot, folder jobmon, 1 worker of PBS for 60 min");
        assertThat(Sge.over(channel)).hasToString("sge: 1 slot, folder jobmon, 1 worker of Grid Engine for 60 min");
        assertThat(slurm.channel()).isSameAs(channel);
        assertThat(Slurm.local().name()).isEqualTo("slurm");
        assertThat(Pbs.local().name()).isEqualTo("pbs");
        assertThat(Sge.local().name()).isEqualTo("sge");
    }

    @Test
    void should_keep_everything_when_something_is_changed() {
        Slurm changed = slurm.workers(100)
                .partition("long")
                .option("account", "secret")
                .time(Duration.ofHours(4))
                .slots(8)
                .workdir("/scratch/me")
                .name("north")
                .tags("big")
                .setup("module load java/17");

        assertThat(changed)
                .hasToString("north: 8 slots, folder /scratch/me, tags big, 1 setup lines,"
                        + " 100 workers of Slurm for 240 min in long, option account");
        assertThat(changed.system().workers()).isEqualTo(100);
        assertThat(changed.system().time()).isEqualTo(Duration.ofHours(4));
        assertThat(slurm).hasToString("slurm: 1 slot, folder jobmon, 1 worker of Slurm for 60 min");
    }

    @Test
    void should_take_over_what_was_said_of_the_login_node() {
        SshHost login = SshHost.of("me@login.cluster")
                .slots(16)
                .workdir("scratch/jobmon")
                .tags("big");

        assertThat(Slurm.over(login))
                .hasToString("me@login.cluster: 1 slot, folder scratch/jobmon, tags big, 1 worker of Slurm for 60 min");
        assertThat(Pbs.over(login).name()).isEqualTo("me@login.cluster");
        assertThat(Sge.over(login).slots(4).channel()).isInstanceOf(CommandChannel.class);
        assertThatThrownBy(() -> Slurm.over((SshHost) null)).hasMessage("The host to submit from is null; give one.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_001, Integer.MIN_VALUE})
    void should_refuse_a_number_of_workers(int number) {
        assertThatThrownBy(() -> slurm.workers(number))
                .isInstanceOf(JobMonException.class)
                .hasMessage("workers is " + number + "; give 1 to 100000.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT59.9S", "-PT1H", "PT8760H0.1S", "PT2562047788015215H"})
    void should_refuse_a_time(Duration time) {
        assertThatThrownBy(() -> slurm.time(time)).hasMessageContaining("give from a minute to 365 days");
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 1", "PT60.000000001S, 2", "PT1H, 60", "PT8760H, 525600"})
    void should_round_up_to_minutes(Duration time, long minutes) {
        assertThat(BatchSettings.DEFAULT.time(time).minutes()).isEqualTo(minutes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-x", "a b", "a\nb", "a\0"})
    void should_refuse_a_partition(String name) {
        assertThatThrownBy(() -> slurm.partition(name)).hasMessageContaining("is no name of a partition");
        assertThatThrownBy(() -> Pbs.over(channel).queue(name)).hasMessageContaining("is no name of a queue");
        assertThatThrownBy(() -> Sge.over(channel).queue(name)).hasMessageContaining("is no name of a queue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-account", "--account", "account=x", "a b", "ä", "a\n", "1"})
    void should_refuse_the_name_of_an_option(String name) {
        assertThatThrownBy(() -> slurm.option(name, "x")).hasMessageContaining("is no name of an option of sbatch");
        assertThatThrownBy(() -> Pbs.over(channel).option(name, "x")).hasMessageContaining("of qsub");
        assertThatThrownBy(() -> Sge.over(channel).option(name, "x")).hasMessageContaining("of qsub");
    }

    @ParameterizedTest
    @CsvSource({
        "array, set workers(..)",
        "t, set time(..)",
        "c, set slots(..)",
        "partition, set partition(..)",
        "export, set environment(..)",
        "wrap, leave it out"
    })
    void should_refuse_an_option_when_jobmon_gives_it_itself(String name, String instead) {
        assertThatThrownBy(() -> slurm.option(name, "x"))
                .hasMessage("The option " + name + " of sbatch is given by JobMon itself; " + instead + ".");
    }

    @Test
    void should_refuse_the_value_of_an_option_when_it_is_not_one_line() {
        assertThatThrownBy(() -> slurm.option("account", "a\nb")).hasMessageContaining("give one line");
        assertThatThrownBy(() -> slurm.option("account", null)).hasMessageContaining("give one line");
        assertThatThrownBy(() -> slurm.option("account", "x".repeat(5000))).hasMessageContaining("give one line");
        assertThatThrownBy(() -> Slurm.over((CommandChannel) null))
                .hasMessage("The channel to slurm is null; give one.");
    }
}
