package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Fleet;
import io.jobmon.HostStatus;
import io.jobmon.Sweep;
import io.jobmon.WorkerStatus;
import io.jobmon.ssh.Slurm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workers as tasks of arrays, on the Slurm that src-test/hosts/slurm has started: run alone, with its SLURM_CONF. */
class SlurmFleetIT extends FleetCase {

    private Slurm slurm() {
        return Slurm.local()
                .workers(3)
                .slots(1)
                .time(Duration.ofMinutes(2))
                .workdir(folder.resolve("slurm").toString())
                .jvmOptions(workerOptions());
    }

    @Test
    void should_run_a_sweep_on_an_array_and_leave_nothing_when_stopped() throws Exception {
        Fleet fleet = fleet(slurm());
        fleet.sync();
        fleet.launch();
        HostStatus accepted = fleet.status().get(0);
        assertThat(accepted.pending() + accepted.running()).isEqualTo(3);

        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(100));
        complete(sweep);
        new Oracle(server).check(sweep);
        assertThat(Executions.total()).isEqualTo(500);
        assertThat(jobmon.net()).extracting(WorkerStatus::place).contains("slurm");

        fleet.stop();
        assertThat(fleet.status().get(0).workers()).isEmpty();
        assertThat(FleetCase.remains(folder.resolve("slurm"))).isEmpty();
        assertThat((long) server.ask(redis -> redis.zcard("jobmon:workers:hbs")))
                .isZero();
        assertThat(String.join("\n", fleet.logs("slurm"))).contains(FleetWorkerMain.HELLO);
    }

    @Test
    void should_clean_up_an_array_that_was_cancelled_from_outside_when_the_next_is_launched() throws Exception {
        Fleet fleet = fleet(slurm());
        fleet.sync();
        fleet.launch();
        until().until(() -> fleet.status().get(0).running() == 3);
        String array = fleet.status().get(0).workers().get(0).job().replaceFirst("_.*", "");
        assertThat(new ProcessBuilder("scancel", array).start().waitFor()).isZero();
        until().until(() -> fleet.status().get(0).running() == 0);
        Path work = folder.resolve("slurm");
        assertThat(FleetCase.remains(work)).anyMatch(file -> file.endsWith("/redis"));

        fleet.launch();

        assertThat(FleetCase.remains(work).stream().filter(file -> file.endsWith("/redis")))
                .as("the secret of the array that has ended is gone")
                .hasSize(1);
    }

    @Test
    void should_say_what_the_scheduler_says_and_leave_no_secret_when_it_refuses() throws Exception {
        Fleet fleet = fleet(slurm().partition("nowhere"));
        fleet.sync();
        assertThatThrownBy(fleet::launch).hasMessageContaining("slurm: ").hasMessageContaining("partition");
        assertThat(FleetCase.remains(folder.resolve("slurm"))).isEmpty();
    }
}
