package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.Axis;
import io.jobmon.Fleet;
import io.jobmon.HostStatus;
import io.jobmon.JobMon;
import io.jobmon.JobMonException;
import io.jobmon.JobMonOptions;
import io.jobmon.LocalHost;
import io.jobmon.Sweep;
import io.jobmon.WorkerStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A fleet from sync to stop, on hosts that are folders of this machine. */
class FleetIT extends FleetCase {

    @Test
    void should_run_a_sweep_on_two_hosts_and_leave_nothing_when_stopped() throws Exception {
        Fleet fleet = fleet(host("a"), host("b"));
        fleet.sync();
        fleet.launch();
        List<Long> pids = pids(fleet);
        assertThat(pids).hasSize(2).allMatch(Forks::lives);
        assertThat(jobmon.net()).extracting(WorkerStatus::place).containsExactlyInAnyOrder("a", "b");

        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(100));
        complete(sweep);
        new Oracle(server).check(sweep);
        assertThat(Executions.total()).isEqualTo(500);
        assertThat(csv(sweep)).isEqualTo(undisturbed(100));

        fleet.stop();
        nothingIsLeft(pids, folder.resolve("a"), folder.resolve("b"));
        assertThat(String.join("\n", fleet.logs("a"))).contains(FleetWorkerMain.HELLO);
    }

    @Test
    void should_keep_the_secret_to_itself_when_workers_run() throws Exception {
        String secret = "not-for-others-7f3a";
        server.ask(redis -> redis.aclSetuser(
                "me",
                io.lettuce.core.AclSetuserArgs.Builder.on()
                        .addPassword(secret)
                        .allCommands()
                        .allKeys()
                        .allChannels()));
        String uri = server.uri().replace("redis://", "redis://me:" + secret + "@");
        try (JobMon mine = JobMon.connect(JobMonOptions.redis(uri).heartbeat(HEARTBEAT))) {
            Fleet fleet = mine.fleet()
                    .main(FleetWorkerMain.class)
                    .host(host("a"))
                    .grace(Duration.ZERO)
                    .build();
            fleet(host("a"));
            fleet.sync();
            fleet.launch();
            long pid = pids(fleet).get(0);
            for (String part : List.of("cmdline", "environ")) {
                assertThat(Files.readString(Path.of("/proc/" + pid + "/" + part), StandardCharsets.ISO_8859_1))
                        .isNotEmpty()
                        .doesNotContain(secret);
            }
            try (var files = Files.walk(folder.resolve("a"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(secret);
                }
            }
            fleet.stop();
        }
    }

    @Test
    void should_stop_workers_whose_launcher_is_long_gone() throws Exception {
        List<Long> pids;
        try (JobMon other = JobMon.connect(options())) {
            Fleet theirs = other.fleet()
                    .main(FleetWorkerMain.class)
                    .host(host("a"))
                    .idle(Duration.ofMinutes(2))
                    .build();
            theirs.sync();
            theirs.launch();
            pids = pids(theirs);
        }
        assertThat(pids).hasSize(1).allMatch(Forks::lives);
        Fleet fleet = fleet(host("a"));
        fleet.stop();
        nothingIsLeft(pids, folder.resolve("a"));
    }

    @Test
    void should_end_workers_that_do_not_listen_when_the_grace_is_over() throws Exception {
        Fleet fleet = fleet(host("a"));
        fleet.sync();
        fleet.launch();
        long pid = pids(fleet).get(0);
        Forks.signal(pid, "STOP");
        fleet.stop();
        nothingIsLeft(List.of(pid), folder.resolve("a"));
    }

    @Test
    void should_leave_a_process_alone_when_it_only_has_a_number_that_a_worker_had() throws Exception {
        Fleet fleet = fleet(host("a"));
        fleet.sync();
        fleet.launch();
        Path launches = folder.resolve("a/launches");
        Path launch;
        try (var all = Files.list(launches)) {
            launch = all.findFirst().orElseThrow();
        }
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            String began = Files.readString(launch.resolve("pid")).strip().split(" ")[1];
            Path forged = Files.createDirectory(launches.resolve("19990101-000000-0000"));
            Files.writeString(forged.resolve("pid"), stranger.pid() + " " + began + "\n");
            fleet.stop();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(forged).doesNotExist();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void should_give_what_a_killed_worker_had_to_another_host() throws Exception {
        Fleet fleet = fleet(host("a"), host("b"));
        fleet.sync();
        fleet.launch();
        Sweep<?, ?> sweep = jobmon.post(new Sampling()).seed(7).sweep(samples(300));
        until().until(() -> sweep.progress().done() > 100);
        HostStatus a = fleet.status().get(0);
        Forks.signal(a.workers().get(0).pid(), "KILL");
        complete(sweep);
        new Oracle(server).check(sweep);
        assertThat(csv(sweep)).isEqualTo(undisturbed(300));
    }

    @Test
    void should_show_the_last_words_when_a_worker_dies_at_its_start() {
        Fleet fleet = fleet(host("a"), host("b").environment("TEST_DIES", "1"));
        fleet.sync();
        assertThatThrownBy(fleet::launch)
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("launch failed on 1 host")
                .hasMessageContaining("b: the worker ended before it was ready")
                .hasMessageContaining("there is no licence for this machine")
                .hasMessageContaining("The other 1 of 2 hosts are done");
        assertThat(pids(fleet)).hasSize(1);
    }

    @Test
    void should_say_what_to_do_when_a_host_is_not_fit() {
        Fleet fleet = fleet(
                host("bare").javaHome("/nowhere"),
                host("early"),
                host("broken").setup("exit 7"),
                host("odd").setup("if then"));
        fleet.sync("bare", "broken", "odd");
        assertThatThrownBy(fleet::launch)
                .hasMessageContaining("launch failed on 4 hosts")
                .hasMessageContaining("bare: /nowhere/bin/java is no Java that runs; set javaHome(..)")
                .hasMessageContaining("early: ")
                .hasMessageContaining("call sync() first")
                .hasMessageContaining("broken: the look there ended early, with exit code 7")
                .hasMessageContaining("odd: ");
        assertThat(pids(fleet)).isEmpty();
    }

    @Test
    void should_refuse_a_java_that_is_too_old() throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk 11/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.20\" 2023-07-18' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Fleet fleet = fleet(host("a").javaHome(folder.resolve("jdk 11").toString()));
        fleet.sync();
        assertThatThrownBy(fleet::launch).hasMessageContaining("Java 11.0.20").hasMessageContaining("need 17");
    }

    @Test
    void should_pass_on_whatever_the_user_says_without_giving_it_a_meaning() throws Exception {
        String nasty = "a 'b' \"c\" $(touch " + folder.resolve("trap") + ") `id` \\ ü\n\t;&|<>*?[]{}!#~ ☂";
        Fleet fleet = fleet(LocalHost.slots(2)
                .name("wei'rd \"$(id)\" höst;&")
                .workdir(folder.resolve("w o'r\"k $(id) ü").toString())
                .jvmOptions(workerOptions())
                .environment("NASTY", nasty)
                .tags("gpu", "a b$c'")
                .jvmOptions("-Dnasty=x y $(id) '"));
        fleet.sync();
        fleet.launch();
        Sweep<String, String> sweep = jobmon.post(FleetWorkerMain.surroundings())
                .requires("gpu")
                .sweep("value", "NASTY", "LC_ALL", "folder", "JOBMON_REDIS");
        complete(sweep);
        List<String> values =
                sweep.results().stream().map(result -> result.value()).toList();
        assertThat(values)
                .containsExactly(
                        nasty,
                        "C.UTF-8",
                        folder.toRealPath().resolve("w o'r\"k $(id) ü/run").toString(),
                        "null");
        assertThat(folder.resolve("trap")).doesNotExist();
    }

    @Test
    void should_run_a_command_job_with_the_file_and_the_program_of_the_host() throws Exception {
        Path script = Files.writeString(folder.resolve("double.sh"), "echo \"{\\\"twice\\\": $(($1 * 2))}\"\n");
        Fleet fleet = kept(fleet().host(host("a").program("shell", "/bin/sh"))
                .job(FleetWorkerMain.doubling(script))
                .build());
        fleet.sync();
        fleet.launch();
        Sweep<Map<String, Object>, Map<String, Object>> sweep =
                jobmon.post(FleetWorkerMain.doubling(script)).sweep("x", Axis.range(1, 5, 1));
        complete(sweep);
        assertThat(sweep.failures().total()).as(sweep.failures().toString()).isZero();
        assertThat(sweep.results().stream()
                        .map(result -> ((Number) result.value().get("twice")).intValue()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 5).map(x -> 2 * x).boxed().toList());
    }

    @Test
    void should_refuse_what_makes_no_fleet() {
        assertThatThrownBy(() -> jobmon.fleet().host(host("a")).build()).hasMessageContaining("no main class");
        assertThatThrownBy(() -> fleet().build()).hasMessageContaining("no host");
        assertThatThrownBy(() -> fleet().main(Adding.class)).hasMessageContaining("no public static void main");
        assertThatThrownBy(() -> fleet().host(host("a")).host(host("a")))
                .hasMessageContaining("two hosts of the name a");
        assertThatThrownBy(() -> fleet().data(folder.resolve("nothing"), "x")).hasMessageContaining("not there");
        assertThatThrownBy(() -> fleet().data(folder, "../x")).hasMessageContaining("without '..'");
        assertThatThrownBy(() -> fleet(host("a")).sync("b")).hasMessageContaining("no host b");
    }

    @Test
    void should_end_by_itself_when_there_is_nothing_to_do() throws Exception {
        Fleet fleet = kept(fleet().idle(Duration.ofSeconds(1)).host(host("a")).build());
        fleet.sync();
        fleet.launch();
        List<Long> pids = pids(fleet);
        until().until(() -> pids.stream().noneMatch(Forks::lives));
        fleet.stop();
        nothingIsLeft(pids, folder.resolve("a"));
    }
}
