package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.Fleet;
import io.jobmon.HostStatus;
import io.jobmon.HostStatus.WorkerProcess;
import io.jobmon.LocalHost;
import io.jobmon.ParamSpace;
import io.jobmon.Progress;
import io.jobmon.Result;
import io.jobmon.Sweep;
import io.jobmon.WorkerStatus;
import io.jobmon.ssh.Slurm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
        List<String> noted = server.ask(redis -> redis.hvals("jobmon:workers:launches"));
        assertThat(noted).containsExactly(accepted.arrays().get(0).job());

        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(100));
        complete(sweep);
        new Oracle(server).check(sweep);
        assertThat(Executions.total()).isEqualTo(500);
        assertThat(jobmon.net()).extracting(WorkerStatus::place).contains("slurm");

        fleet.stop();
        assertThat(fleet.status().get(0).workers()).isEmpty();
        assertThat((long) server.ask(redis -> redis.exists("jobmon:workers:launches")))
                .isZero();
        assertThat(FleetCase.remains(folder.resolve("slurm"))).isEmpty();
        assertThat((long) server.ask(redis -> redis.zcard("jobmon:workers:hbs")))
                .isZero();
        assertThat(String.join("\n", fleet.logs("slurm"))).contains(FleetWorkerMain.HELLO);
    }

    @Test
    void should_complete_elsewhere_and_clean_up_when_an_array_was_cancelled_from_outside_in_a_sweep() throws Exception {
        Fleet fleet = fleet(slurm(), host("good"));
        fleet.sync();
        fleet.launch("slurm");
        until().until(() -> fleet.status().get(0).running() == 3);
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(1000));
        until().until(() -> sweep.progress().done() > 100);
        scancel(array(fleet));
        until().until(() -> fleet.status().get(0).running() == 0);
        assertThat(sweep.progress().done()).isLessThan(sweep.size());
        Path work = folder.resolve("slurm");
        assertThat(FleetCase.remains(work)).anyMatch(file -> file.endsWith("/redis"));

        fleet.launch("good");
        complete(sweep);
        new Oracle(server).check(sweep);
        assertThat(csv(sweep)).isEqualTo(undisturbed(1000));
        fleet.launch("slurm");

        assertThat(FleetCase.remains(work).stream().filter(file -> file.endsWith("/redis")))
                .as("the secret of the array that has ended is gone")
                .hasSize(1);
    }

    /** An array lasts a minute at least. */
    @Test
    @Timeout(180)
    void should_leave_what_does_not_fit_to_others_when_the_time_of_an_array_ends() throws Exception {
        Fleet fleet = fleet(
                slurm().workers(2).time(Duration.ofMinutes(1)),
                LocalHost.slots(20)
                        .name("good")
                        .workdir(folder.resolve("good").toString())
                        .jvmOptions(workerOptions()));
        fleet.sync();
        fleet.launch("slurm");
        until().until(() -> fleet.status().get(0).running() == 2);
        String array = array(fleet);
        Sweep<Sampling.Params, Sampling.Outcome> sweep = jobmon.post(new Sampling())
                .seed(7)
                .sweep(ParamSpace.grid().axis("i", Axis.range(0, 39, 1)).axis("millis", 5_000));
        until().atMost(Duration.ofSeconds(90))
                .until(() -> fleet.status().get(0).workers().stream().noneMatch(WorkerProcess::running));

        assertThat(output("squeue", "--noheader", "--array", "--states=all", "--format=%T", "--jobs=" + array)
                        .lines())
                .as("none was ended at its limit")
                .containsExactly("COMPLETED", "COMPLETED");
        Progress left = sweep.progress();
        assertThat(left.done()).isPositive().isLessThan(sweep.size());
        assertThat(left.running()).isZero();
        assertThat(Executions.total()).as("nothing was broken off").isEqualTo(left.done());

        fleet.launch("good");
        complete(sweep);
        new Oracle(server).check(sweep);
        assertThat(Executions.total()).isEqualTo(sweep.size());
        assertThat(sweep.results().stream().map(Result::attempts)).hasSize(40).containsOnly(1);
    }

    private static String array(Fleet fleet) {
        return fleet.status().get(0).workers().get(0).job().replaceFirst("_.*", "");
    }

    private static void scancel(String array) throws Exception {
        output("scancel", array);
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void should_say_what_the_scheduler_says_and_leave_no_secret_when_it_refuses() throws Exception {
        Fleet fleet = fleet(slurm().partition("nowhere"));
        fleet.sync();
        assertThatThrownBy(fleet::launch).hasMessageContaining("slurm: ").hasMessageContaining("partition");
        assertThat(FleetCase.remains(folder.resolve("slurm"))).isEmpty();
    }
}
