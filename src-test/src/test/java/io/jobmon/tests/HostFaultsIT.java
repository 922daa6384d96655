package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Fleet;
import io.jobmon.HostStatus;
import io.jobmon.HostStatus.WorkerProcess;
import io.jobmon.JobMonException;
import io.jobmon.LocalHost;
import io.jobmon.Sweep;
import io.jobmon.spi.ConfiguredHost;
import io.jobmon.ssh.Node;
import io.jobmon.ssh.Slurm;
import io.jobmon.ssh.SshMachines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of a host that fails and a good one: what is said, what the good one does, and what is left on both. */
class HostFaultsIT extends FleetCase {

    private static final String LAUNCH_SCRIPT = "folder=launches/$2";
    private static final int LARGE = 1 << 20;

    /** The work folder of a host that has the program. */
    @TempDir
    static Path program;

    private SshMachines machines;

    @BeforeEach
    void startMachines() {
        machines = new SshMachines(folder);
    }

    @Override
    @AfterEach
    void stopAll() {
        try {
            super.stopAll();
        } finally {
            machines.close();
        }
    }

    private Path work(String name) {
        return folder.resolve(name);
    }

    /** A host that is reached over SSH. */
    private ConfiguredHost<?> remote(String name) {
        return machines.host(name).slots(2).workdir(work(name).toString()).jvmOptions(workerOptions());
    }

    /** Lays the program on hosts, as an earlier sync has done. */
    private void lay(String... names) throws Exception {
        if (!Files.exists(program.resolve("bundles"))) {
            fleet().host(LocalHost.slots(1).workdir(program.toString())).build().sync();
        }
        for (String name : names) {
            Process copy = new ProcessBuilder(
                            "cp", "-al", program.toString(), work(name).toString())
                    .start();
            assertThat(copy.waitFor()).isZero();
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(JobMonException.class);
    }

    /** Runs a sweep to its end. */
    private void sweep() throws IOException {
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(40));
        complete(sweep);
        new Oracle(server).check(sweep);
    }

    private static List<WorkerProcess> workers(Fleet fleet, int host) {
        return fleet.status().get(host).workers();
    }

    /** The large jars of the program, in the order in which they are brought: files/SHA256/NAME. */
    private static List<Path> largeJars() throws IOException {
        try (Stream<Path> bundles = Files.list(program.resolve("bundles"))) {
            List<Path> jars = Files.readAllLines(
                            bundles.findFirst().orElseThrow().resolve("classpath"))
                    .stream()
                    .map(Path::of)
                    .filter(jar -> program.resolve(jar).toFile().length() > LARGE)
                    .toList();
            return jars.subList(0, 3);
        }
    }

    private static String sha256(Path jar) {
        return String.valueOf(jar.getName(1));
    }

    @Test
    void should_go_on_with_the_next_file_when_a_host_is_back_that_died_in_the_middle_of_a_sync() throws Exception {
        lay("bad");
        List<Path> jars = largeJars();
        for (Path jar : jars) {
            Files.delete(work("bad").resolve(jar));
        }
        removeBundles(work("bad"));
        Fleet fleet = fleet(remote("bad"), host("good"));
        Node node = machines.node("bad");
        long first = program.resolve(jars.get(0)).toFile().length();
        node.dieAfter(first + LARGE / 2);

        refused(fleet::sync)
                .hasMessageContaining("sync failed on 1 host:\nbad: ")
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("nothing listens on this port")
                .hasMessageContaining("The other 1 of 2 hosts are done");
        assertThat(node.brought()).hasSize(2);
        assertThat(Files.list(work("bad").resolve("bundles"))).isEmpty();
        fleet.launch("good");
        sweep();

        node.brought().clear();
        node.revive();
        fleet.sync();
        assertThat(node.brought()).hasSize(2);
        assertThat(node.brought().get(0)).startsWith(sha256(jars.get(1)));
        assertThat(node.brought().get(1)).startsWith(sha256(jars.get(2)));
        for (Path jar : jars) {
            assertThat(work("bad").resolve(jar)).hasSameBinaryContentAs(program.resolve(jar));
        }
        assertThat(Files.list(work("bad").resolve("bundles"))).hasSize(1);
        assertThat(remains(work("bad"))).isEmpty();
    }

    private static void removeBundles(Path work) throws Exception {
        Process remove = new ProcessBuilder("sh", "-c", "rm -r bundles/*")
                .directory(work.toFile())
                .start();
        assertThat(remove.waitFor()).isZero();
    }

    @Test
    void should_launch_on_the_others_when_a_host_dies_before_its_worker_is_started() throws Exception {
        lay("bad", "good");
        Fleet fleet = fleet(remote("bad"), host("good"));
        fleet.sync();
        Node node = machines.node("bad");
        node.dieAt(LAUNCH_SCRIPT, false);

        lostAtLaunch(fleet);
        sweep();

        node.revive();
        assertThat(workers(fleet, 0)).isEmpty();
        List<Long> pids = pids(fleet);
        fleet.stop();
        nothingIsLeft(pids, work("bad"), work("good"));
    }

    @Test
    void should_leave_nothing_when_a_host_is_stopped_that_died_after_its_worker_was_started() throws Exception {
        lay("bad", "good");
        Fleet fleet = fleet(remote("bad"), host("good"));
        fleet.sync();
        Node node = machines.node("bad");
        node.dieAt(LAUNCH_SCRIPT, true);

        lostAtLaunch(fleet);
        sweep();

        node.revive();
        List<Long> pids = pids(fleet);
        assertThat(pids).as("a worker on each host").hasSize(2);
        fleet.stop();
        nothingIsLeft(pids, work("bad"), work("good"));
    }

    private static void lostAtLaunch(Fleet fleet) {
        refused(fleet::launch)
                .hasMessageContaining("launch failed on 1 host:\nbad: ")
                .hasMessageContaining("The connection to bad was lost")
                .hasMessageContaining("may still run")
                .hasMessageContaining("status()")
                .hasMessageContaining("stop()")
                .hasMessageContaining("The other 1 of 2 hosts are done");
    }

    @Test
    void should_complete_on_the_good_host_when_the_other_dies_in_the_middle_of_a_sweep() throws Exception {
        lay("bad", "good");
        Fleet fleet = fleet(remote("bad"), host("good"));
        fleet.sync();
        fleet.launch();
        List<Long> pids = pids(fleet);
        long lost = workers(fleet, 0).get(0).pid();
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(300));
        until().until(() -> sweep.progress().done() > 100 && holdsSomething(sweep, lost));
        Forks.signalGroup(lost, "KILL");
        Node node = machines.node("bad");
        node.die();
        assertThat(sweep.progress().done()).isLessThan(sweep.size());

        complete(sweep);
        new Oracle(server).check(sweep);
        assertThat(csv(sweep)).isEqualTo(undisturbed(300));
        refused(fleet::status)
                .hasMessageContaining("status failed on 1 host:\nbad: ")
                .hasMessageContaining("ssh ");
        refused(fleet::stop)
                .hasMessageContaining("stop failed on 1 host:\nbad: ")
                .hasMessageContaining("The other 1 of 2 hosts are done");
        assertThat(pids).noneMatch(Forks::lives);

        node.revive();
        assertThat(fleet.status()).extracting(HostStatus::running).containsExactly(0, 0);
        fleet.stop();
        nothingIsLeft(pids, work("bad"), work("good"));
    }

    private boolean holdsSomething(Sweep<?, ?> sweep, long pid) {
        return server.ask(redis -> redis.hvals(key(sweep, "claims"))).stream()
                .anyMatch(claim -> claim.contains("-" + pid + "-"));
    }

    @Test
    void should_sync_the_others_when_a_host_shows_another_key_or_lets_nobody_in() throws Exception {
        lay("first");
        Fleet fleet = fleet().host(remote("anew"))
                .host(remote("closed"))
                .host(host("good"))
                .build();
        String before = machines.node("anew").fingerprint();
        machines.node("anew").changeHostKey();
        machines.node("closed").refuseAll();

        refused(fleet::sync)
                .hasMessageContaining("sync failed on 2 hosts:\nanew: ")
                .hasMessageContaining("shows another key than it used to")
                .hasMessageContaining(before)
                .hasMessageContaining(machines.node("anew").fingerprint())
                .hasMessageContaining(folder.resolve("known_hosts") + "")
                .hasMessageContaining("Ask its administrator")
                .hasMessageContaining("\nclosed: ")
                .hasMessageContaining("does not let me in")
                .hasMessageContaining(folder.resolve("client") + "")
                .hasMessageContaining("ssh-copy-id")
                .hasMessageContaining("The other 1 of 3 hosts are done");
        assertThat(work("anew")).doesNotExist();
        assertThat(work("closed")).doesNotExist();
        for (Path jar : largeJars()) {
            assertThat(work("good").resolve(jar)).hasSameBinaryContentAs(program.resolve(jar));
        }
        assertThat(remains(work("good"))).isEmpty();
    }

    @Test
    void should_work_all_the_same_when_a_shell_prints_a_banner_before_every_answer() throws Exception {
        lay("bad");
        Path table = Files.writeString(folder.resolve("table"), "1 2 3\n");
        Fleet fleet =
                kept(fleet().host(remote("bad")).data(table, "given/table").build());
        machines.node("bad").banner("Welcome to bad\nworker x 1 running\nend\n\n | 17 * $HOME `id`\nLast login: today");
        fleet.sync();
        assertThat(work("bad").resolve("run/given/table")).hasSameBinaryContentAs(table);
        assertThat(machines.node("bad").brought()).as("by SFTP").isEmpty();
        fleet.launch();
        List<Long> pids = pids(fleet);
        assertThat(pids).hasSize(1).allMatch(Forks::lives);
        sweep();
        assertThat(fleet.logs("bad").get(0)).contains(FleetWorkerMain.HELLO);
        fleet.stop();
        nothingIsLeft(pids, work("bad"));
    }

    @Test
    void should_launch_on_the_others_when_a_host_has_no_java_on_its_path() throws Exception {
        lay("bad", "good");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("sed", "head", "df", "touch", "rm")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
        Fleet fleet = fleet(remote("bad").setup("unset JAVA_HOME", "PATH=" + bin), host("good"));
        fleet.sync();

        refused(fleet::launch)
                .hasMessageContaining("launch failed on 1 host:\nbad: there is no Java; set javaHome(..), or setup(..)")
                .hasMessageNotContaining(";; ")
                .hasMessageNotContaining("cannot be written")
                .hasMessageContaining("The other 1 of 2 hosts are done");
        assertThat(remains(work("bad"))).isEmpty();
        sweep();
    }

    @Test
    void should_leave_no_secret_when_sbatch_answers_nonsense() throws Exception {
        lay("slurm", "good");
        FakeSlurm slurm = new FakeSlurm(folder.resolve("bin"));
        Fleet fleet = fleet(scheduled(slurm), host("good"));
        fleet.sync();
        slurm.says("sbatch", "Your job is welcome, some day", 0);

        refused(fleet::launch)
                .hasMessageContaining("launch failed on 1 host:\nslurm: ")
                .hasMessageContaining("Your job is welcome, some day")
                .hasMessageContaining("scancel --name=jobmon-")
                .hasMessageContaining("The other 1 of 2 hosts are done");
        assertThat(slurm.asked("sbatch")).hasSize(1);
        assertThat(work("slurm").resolve("launches")).isEmptyDirectory();
        sweep();
    }

    @Test
    void should_cancel_all_the_same_when_squeue_answers_nonsense() throws Exception {
        lay("slurm", "good");
        FakeSlurm slurm = new FakeSlurm(folder.resolve("bin"));
        Fleet fleet = fleet(scheduled(slurm), host("good"));
        fleet.sync();
        fleet.launch();
        assertThat(fleet.status()).extracting(HostStatus::running).containsExactly(1, 1);
        long good = workers(fleet, 1).get(0).pid();
        slurm.says("squeue", "all is well", 0);

        refused(fleet::status)
                .hasMessageContaining("status failed on 1 host:\nslurm: ")
                .hasMessageContaining("all is well")
                .hasMessageContaining("Run it there by hand");
        sweep();
        refused(fleet::stop)
                .hasMessageContaining("stop failed on 1 host:\nslurm: ")
                .hasMessageContaining("arrays were cancelled")
                .hasMessageContaining("all is well")
                .hasMessageContaining("call stop() again")
                .hasMessageContaining("The other 1 of 2 hosts are done");
        assertThat(slurm.asked("scancel")).containsExactly("--state=PENDING 17", "17");
        assertThat(Forks.lives(good)).isFalse();

        slurm.says("squeue", "slurm_load_jobs error: Invalid job id specified", 1);
        fleet.stop();
        nothingIsLeft(List.of(good), work("slurm"), work("good"));
        assertThat(work("slurm").resolve("launches")).isEmptyDirectory();
    }

    private Slurm scheduled(FakeSlurm slurm) {
        return Slurm.over(slurm).workdir(work("slurm").toString()).jvmOptions(workerOptions());
    }
}
